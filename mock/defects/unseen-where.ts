import type { AxisId } from '../axes/index.ts';

/** Values of axes that hide a defect when all of them hold. */
export type Hiding = Readonly<Partial<Record<AxisId, string>>>;

/** A deployment may forget a key with its run, so that nothing of keys can be told where a run ends at once. */
const endsAtOnce: Hiding = { 'dispatch.pace': 'at-once' };
const forgotten: Hiding = { 'dispatch.pace': 'at-once', 'dispatch.keyMemory': 'until-the-end' };
/** Without its key a dispatch joins the very run that the key would have found. */
const joined: Hiding = { 'dispatch.inFlight': 'joined' };
const noCapitals: readonly Hiding[] = ['decimal', 'sequence', 'uuid-upper', 'ulid'].map((form) => ({
  'ids.form': form,
}));
const no405: readonly Hiding[] = [
  { 'methods.allow': 'left-out' },
  { 'methods.status': '404' },
  { 'methods.status': '400' },
];
const fewSessions: Hiding = { 'sessions.cap': '5' };

/**
 * Where a defect cannot be seen, by its id: what it does is lawful there, or there is nothing that it could change.
 */
export const unseenWhere: Readonly<Record<string, readonly Hiding[]>> = {
  'auth-no-challenge': [{ 'authentication.challenge': 'left-out' }],
  'auth-no-challenge-on-writes': [{ 'authentication.challenge': 'left-out' }],
  'auth-scheme-case': [{ 'authentication.schemeAnyCase': 'exact' }],
  'method-without-allow': no405,
  'method-without-allow-on-runs': no405,
  'workflow-updated-201': [{ 'workflows.updateStatus': '201' }],
  'topic-updated-202': [{ 'topics.updateStatus': '202' }],
  'topic-updated-204': [{ 'topics.updateStatus': '204' }],
  'type-missing': [{ 'transport.contentType': 'none' }],
  'topic-of-another-id': noCapitals,
  'workflow-uuid-needed': [{ 'ids.form': 'uuid' }, { 'ids.form': 'uuid-v7' }],
  'source-unlisted-without-environment': [{ 'sources.otherEnvironments': 'listed' }],
  'key-disregarded': [joined, endsAtOnce],
  'key-forgotten-beyond-ascii': [joined, endsAtOnce],
  'key-with-reason': [{ 'dispatch.secondKey': 'joined' }, endsAtOnce],
  'key-cut': [endsAtOnce],
  'key-not-under-concurrency': [endsAtOnce],
  'key-replay-409': [forgotten],
  'key-replay-201': [forgotten],
  'force-disregarded': [forgotten],
  'force-lost-with-reason': [forgotten],
  'run-goes-back': [endsAtOnce],
  'run-ends-before-it-runs': [endsAtOnce],
  'session-without-intent': [fewSessions],
  'sessions-intent-newest-only': [fewSessions],
  'sessions-intent-non-ascii': [fewSessions],
};
