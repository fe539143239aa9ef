/** Where the API may be, if it is not where the user said: the same origin, other paths. */

/**
 * The paths below which the API may stand, likeliest first: with and without the base path of the API, with what the
 * two have in common told once, and one level up. The path that was tried is none of them. Pure.
 * @param tried the path that was tried, without a slash at its end
 * @param basePath the base path of the API
 */
export function nearbyPaths(tried: string, basePath: string): readonly string[] {
  const prefix = basePath !== '' && tried.endsWith(basePath) ? tried.slice(0, -basePath.length) : tried;
  const [before, base] = [segments(prefix), segments(basePath)];
  const overlapping = base
    .map((_, index) => base.slice(0, index + 1))
    .filter((start) => start.every((word, index) => before.at(index - start.length) === word))
    .map((start) => [...before.slice(0, -start.length), ...base]);
  const above = before.map((_, index) => before.slice(0, before.length - 1 - index));
  const candidates = [...overlapping, ...above.map((up) => [...up, ...base]), before, ...above].map((path) =>
    path.map((word) => `/${word}`).join(''),
  );
  return [...new Set(candidates)].filter((path) => path !== tried).slice(0, mostTried);
}

/** So many are enough to find a slip; more would be a search of somebody's host. */
const mostTried = 6;

function segments(path: string): readonly string[] {
  return path.split('/').filter((word) => word !== '');
}
