import { uuidIds } from '../data/ids.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Dialect } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import { camelCase, inMember, renaming, rewritten, sequence, valuing } from './shapes.ts';

const versionText = valuing({ currentVersion: (version) => `v${String(version)}` });

/** What a list tells beside its items is kept apart from them, so that `data` is the only array. */
function dataAndMeta(outcome: Outcome): unknown {
  return outcome.kind === 'list' ? { data: outcome.items, meta: outcome.beside } : { data: outcome.record };
}

/** Everything in `data`, names in camelCase, UUIDs, and nothing let through that is not documented. */
export const dataEnvelope: Dialect = {
  ...plain,
  id: 'data-envelope',
  description: 'Everything in `data`, camelCase, UUIDs; refuses whatever is not documented.',
  freedoms: [
    { open: 'the envelope of lists', choice: '`data`, with `meta` beside it' },
    { open: 'whether a record is wrapped', choice: 'in `data`' },
    { open: 'the form of ids', choice: 'UUIDs, as the tables have it' },
    { open: 'most member names', choice: 'camelCase, also in insights' },
    { open: 'currentVersion, of any non-null type', choice: 'a string' },
    { open: 'the order of the checks', choice: 'existence, body, role, feature' },
    { open: 'the code of 400 and 404', choice: '`BAD_REQUEST` and `resource/not-found`' },
    { open: 'error.details', choice: 'an object by member' },
    { open: 'an unknown value of an enumerated parameter', choice: '400' },
    { open: 'unknown members of a body', choice: 'refused' },
    { open: 'empty strings', choice: 'refused' },
    { open: 'null for an optional member', choice: 'refused' },
    { open: 'over-long texts', choice: 'refused beyond 20 000 characters' },
    { open: 'another content type', choice: '415' },
    { open: 'a reference to something that does not exist', choice: '400' },
    { open: 'an id of an odd form', choice: '400' },
    { open: 'a body that is very large', choice: '413' },
    { open: 'the body of a dispatch', choice: 'must be there, if only as {}' },
    { open: "the first page's number", choice: '0' },
    { open: 'the default page size', choice: '5' },
    { open: 'the order of runs', choice: 'oldest first' },
    { open: 'an idempotent replay', choice: '200' },
    { open: 'reading, dispatching and archiving an archived resource', choice: '404' },
    { open: 'the answer to an undocumented method', choice: '404' },
    { open: 'how an answer is coded and framed', choice: 'gzip even when not asked for' },
  ],
  ids: uuidIds,
  order: ['existence', 'validation', 'role', 'feature'],
  errors: {
    invalidCode: 'BAD_REQUEST',
    notFoundCode: 'resource/not-found',
    details: (problems) => Object.fromEntries(problems.map(({ at, message }) => [at, [message]])),
    beside: { success: false },
    within: { status: 'error' },
  },
  transport: { ...plain.transport, compression: 'always', largestBody: 64 * 1024 },
  authentication: { ...plain.authentication, keyIdOf: (apiKeyId) => apiKeyId },
  methods: { status: 404, allow: false, keyFirst: true, head: 'as-get', options: 'refused' },
  runs: { ...plain.runs, order: 'oldest', pageBase: 0, defaultPageSize: 5 },
  dispatch: { ...plain.dispatch, replayStatus: 200, emptyBody: 'refused' },
  archive: { readable: false, dispatch: 404, again: 404 },
  input: {
    unknownValue: 'refused',
    unknownMember: 'refused',
    emptyString: 'refused',
    nullForOptional: 'refused',
    otherContentType: 415,
    missingReference: 400,
    oddId: 400,
    longestText: 20_000,
  },
  shapes: {
    ...plain.shapes,
    ...layOut({
      lists: rewritten(sequence(camelCase(), versionText), dataAndMeta),
      records: () => rewritten(sequence(camelCase(), versionText), inMember('data')),
    }),
    dispatchRun: rewritten(
      renaming({ runId: 'id' }),
      (outcome) => outcome.kind === 'record' && outcome.record,
    ),
    getRunTrace: inMember('data'),
    getRunEvaluation: inMember('data'),
    getInsightsOverview: inMember('data'),
  },
};
