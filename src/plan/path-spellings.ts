/** Other ways to spell a path of the contract, which routers and what stands before them may take for the same. Pure. */

/** Spells a path template otherwise; what stands in braces is left as it is. */
export type PathSpelling = (path: string) => string;

/** The spellings by name. None of them is documented: what answers there must guard what it gives away all the same. */
export const pathSpellings: Readonly<Record<string, PathSpelling>> = {
  'double-slash': (path) => `/${path}`,
  'trailing-slash': (path) => `${path}/`,
  'path-parameter': (path) => `${path};a=1`,
  'dot-segment': (path) => `/.${path}`,
  'parent-segment': (path) => `/v1/..${path}`,
  extension: (path) => `${path}.json`,
  encoded: (path) =>
    path.replace(/^\/(.)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16).padStart(2, '0')}`),
  'upper-case': (path) => path.replace(/^\/[^/{]+/, (segment) => segment.toUpperCase()),
};
