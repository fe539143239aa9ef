/** Who answers where nothing of the API is seen: nobody, a base URL that ends in the wrong place, or something in front. */
import { NotTheApiError, UsageError } from '../../errors.ts';
import type { CaseContext } from '../../execute/case-context.ts';
import { bodyOf, statusOf } from '../../execute/case-context.ts';
import { identityIn } from '../../execute/identities.ts';
import { Run } from '../../execute/run.ts';
import { describeLook, lookAt, lookingContext, readsWithoutId, type Look } from './looks.ts';
import { nearbyPaths } from './nearest-base.ts';

/**
 * Why the API is not what answers; undefined where it is seen in any answer. Where no key shows it, every read that
 * needs no id is asked, and then the same origin at a few other paths.
 * @param keys the looks with each key
 */
export async function whyNotTheApi(
  context: CaseContext,
  keys: readonly Look[],
): Promise<UsageError | NotTheApiError | undefined> {
  const { run } = context;
  const ofRoles = keys.filter(({ credential }) => run.contract.credentials[credential]?.kind === 'role');
  if (ofRoles.some(isTheApis)) return undefined;
  const asked = new Set(keys.map(({ operation }) => operation));
  const reads = readsWithoutId(run).filter(([operation]) => !asked.has(operation));
  const others = await Promise.all(reads.map(([operation, by]) => lookAt(context, operation, by)));
  const looks = [...ofRoles, ...others];
  if (looks.some(isTheApis)) return undefined;
  const answered = looks.filter(({ shown }) => shown !== 'silence');
  const [first] = answered;
  if (first === undefined) return undefined;
  const elsewhere = redirectedBase(run, answered);
  if (elsewhere !== undefined)
    return wrongPlace(run, answered, `It redirects to ${elsewhere}: give --base-url ${elsewhere}.`);
  const shown = new Set(answered.map((look) => look.shown));
  const somewhere = shown.has('absent') || shown.has('page') || shown.has('redirect');
  const nearest = somewhere ? await nearestBase(run) : undefined;
  if (nearest !== undefined) return wrongPlace(run, answered, hintFor(run, nearest));
  if (shown.size === 1 && shown.has('absent')) return wrongPlace(run, answered, nowhere(run));
  return new NotTheApiError(
    `What answers at ${run.config.baseUrl} is not the ${run.contract.api.title}: ${describeLook(first)}${besides(answered)}, which is not the API's answer.`,
    'Check what stands in front of the target (a proxy, a firewall, a login) and that it lets these requests through.',
  );
}

function isTheApis({ shown }: Look): boolean {
  return shown === 'api';
}

function wrongPlace(run: Run, looks: readonly Look[], hint: string): UsageError {
  const [first] = looks;
  const got = first === undefined ? 'nothing' : describeLook(first);
  return new UsageError(
    `Nothing of the ${run.contract.api.title} is at ${run.config.baseUrl}: ${got}${besides(looks)}, with every key.`,
    hint,
  );
}

/** How many other reads were answered in such a way. */
function besides(looks: readonly Look[]): string {
  const others = new Set(looks.map(({ operation }) => operation.id)).size - 1;
  return others < 1 ? '' : `, and ${others} other ${others === 1 ? 'read' : 'reads'} the like`;
}

function nearby({ origin, basePath, contract }: Run): readonly string[] {
  return nearbyPaths(basePath, contract.api.basePath.replace(/\/+$/, '')).map((path) => `${origin}${path}`);
}

function nowhere(run: Run): string {
  const tried = nearby(run);
  return tried.length === 0
    ? 'Check the base URL.'
    : `Nor is it at ${tried.join(' or ')}: check the base URL.`;
}

function hintFor({ contract }: Run, base: string): string {
  const { basePath } = contract.api;
  return base.endsWith(basePath)
    ? `It answers at ${base}: give --base-url ${base}.`
    : `It answers at ${base}, which does not end in ${basePath} as documented.`;
}

/** The first address near the one that was tried at which the API answers. No other origin is asked, for a key is shown. */
async function nearestBase(run: Run): Promise<string | undefined> {
  for (const baseUrl of nearby(run)) {
    const other = new Run(run.contract, { ...run.config, baseUrl });
    try {
      if (await isThere(other)) return baseUrl;
    } finally {
      await other.close();
    }
  }
  return undefined;
}

/** Whether a read with a given key succeeds as the API's does, or is refused with a code of the API. */
async function isThere(run: Run): Promise<boolean> {
  const reads = readsWithoutId(run).filter(([, by]) => by !== 'none');
  const [operation, by] = reads.find(([{ identity }]) => identity !== undefined) ?? reads[0] ?? [];
  if (operation === undefined || by === undefined) return false;
  const { sent, shown } = await lookAt(lookingContext(run), operation, by, 'fresh');
  if (shown !== 'api') return false;
  if (statusOf(sent) === operation.success.status) {
    const { identity } = operation;
    return identity === undefined
      ? bodyOf(sent) !== undefined
      : identityIn(bodyOf(sent), identity).role !== undefined;
  }
  return statusOf(sent) === 401 && run.validate(run.contract.errorSchema, bodyOf(sent)).length === 0;
}

/** Where every answer is a redirect of the API's own paths to another base, that base. */
function redirectedBase(run: Run, looks: readonly Look[]): string | undefined {
  const bases = looks.map(({ sent, operation }) => {
    const location = sent.outcome.kind === 'answered' ? sent.outcome.headers['location'] : undefined;
    if (location === undefined || !URL.canParse(location, run.config.baseUrl)) return undefined;
    const { origin, pathname } = new URL(location, run.config.baseUrl);
    return pathname.endsWith(operation.path)
      ? `${origin}${pathname.slice(0, -operation.path.length)}`
      : undefined;
  });
  const [first] = bases;
  const other = first !== run.config.baseUrl && bases.every((base) => base === first);
  return other && looks.every(({ shown }) => shown === 'redirect') ? first : undefined;
}
