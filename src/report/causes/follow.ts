/**
 * Which failures follow from which: where the plain request already goes wrong, what was asked in another way, after
 * it or beside it goes wrong as well, and says nothing new.
 */
import type { CaseResult } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';
import { receivedStatus, type Broken, type Failure } from './broken.ts';

/** A failure that is nothing but what another one brings about. */
export interface Follower {
  readonly result: CaseResult;
  readonly of: CaseResult;
}

export interface Folded {
  /** In the order of the plan. */
  readonly roots: readonly Failure[];
  readonly followers: readonly Follower[];
}

/** These families ask most plainly, the first of them most of all; the others build on them. */
const plainFamilies = [
  'access',
  'denied',
  'authentication',
  'not-found',
  'feature',
  'isolation',
  'validation',
];

/** Puts each failure under the plainest one that explains all that it found. */
export function fold(failures: readonly Failure[]): Folded {
  const plain = failures.filter(({ result }) => isPlain(result)).toSorted(byPlainness);
  const sameOperation = groupBy(plain, ({ result }) => result.operation);
  const sameSurface = groupBy(
    failures.filter(({ broken }) => broken.some(({ fact }) => fact === createdReadable)),
    ({ result }) => result.surface,
  );
  const explained = new Map<CaseResult, CaseResult>();
  for (const failure of failures) {
    const { operation, surface } = failure.result;
    const of =
      sameOperation.get(operation)?.find((one) => one !== failure && explains(one, failure)) ??
      sameSurface.get(surface)?.find((one) => isMissed(one, failure));
    if (of !== undefined) explained.set(failure.result, of.result);
  }
  return {
    roots: failures.filter(({ result }) => !explained.has(result)),
    followers: [...explained].map(([result, of]) => ({ result, of: rootOf(of, explained) })),
  };
}

function rootOf(result: CaseResult, explained: ReadonlyMap<CaseResult, CaseResult>): CaseResult {
  const of = explained.get(result);
  return of === undefined ? result : rootOf(of, explained);
}

function byPlainness(a: Failure, b: Failure): number {
  return plainnessOf(a.result) - plainnessOf(b.result);
}

/** The lower, the plainer: no credential at all before any bad one. */
function plainnessOf({ family, credential }: CaseResult): number {
  return plainFamilies.indexOf(family) * 2 + (credential === 'none' ? 0 : 1);
}

/** Whether a case asks for one operation with one credential and nothing else: `surface/operation/family/who`. */
function isPlain({ id, family }: CaseResult): boolean {
  return family === 'validation' || (plainFamilies.includes(family) && id.split('/').length === plainParts);
}

const plainParts = 4;

/** Whether everything that `later` found comes of what the plain one found. */
function explains(plain: Failure, later: Failure): boolean {
  return later.broken.every((one) => isBroughtAbout(plain, later.result, one));
}

function isBroughtAbout({ result: plain, broken }: Failure, later: CaseResult, found: Broken): boolean {
  const { family } = plain;
  if (family === later.family) {
    if (family === 'validation') return false;
    // A refused credential is looked at in the same way with every request, whatever else is wrong with it.
    const isSame = plain.credential === later.credential && !isPlain(later);
    // What lets in a request without any credential takes no notice of the bad ones either.
    const isAnybody = plain.credential === 'none' && isPlain(later);
    if (family === 'authentication') return isSame || isAnybody;
    return isSame && isAlike(broken, found);
  }
  // What is done though it was to be refused was not refused.
  if (found.fact === withoutEffect && later.family === 'lifecycle') return broken.some(isDone);
  if (family === 'validation') return false;
  // What an allowed request gets back is wrong for whoever asks.
  if (family === 'access' && found.finding.code !== 'status')
    return later.family !== 'denied' && isAlike(broken, found);
  // Who sees what nothing has is told nothing of another organization.
  if (family === 'not-found' && later.family === 'isolation') return isAlike(broken, found);
  if (plainFamilies.includes(later.family) && isPlain(later)) return false;
  return (plain.credential === later.credential || later.credential === everybody) && isAlike(broken, found);
}

/** Whom a case is about that asks with several keys. */
const everybody = 'all';
const withoutEffect = 'refused-without-effect';
const createdReadable = 'created-readable';

function isDone({ finding }: Broken): boolean {
  return finding.code === 'status' && receivedStatus(finding).startsWith('2');
}

function isAlike(broken: readonly Broken[], { codes, finding }: Broken): boolean {
  return broken.some((one) =>
    finding.code === 'status'
      ? one.codes.includes('status') && receivedStatus(one.finding) === receivedStatus(finding)
      : codes.every((code) => one.codes.includes(code)),
  );
}

/** Whether `later` asks for something that was made and cannot be read: it is 404 for that as well. */
function isMissed(made: Failure, later: Failure): boolean {
  return (
    made.result.operation !== later.result.operation &&
    later.broken.every(({ finding }) => finding.code === 'status' && receivedStatus(finding) === '404')
  );
}
