import { uuidIds } from '../data/ids.ts';
import type { Dialect } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import { adding, inMember, rewritten } from './shapes.ts';

const typed = adding({ __typename: 'Record' });

/** A deployment that lets through whatever the documentation does not call invalid. */
export const trusting: Dialect = {
  ...plain,
  id: 'trusting',
  description: 'Lets through whatever the documentation does not call invalid; archived workflows live on.',
  freedoms: [
    { open: 'null for an optional member', choice: 'as if it were left out' },
    { open: 'a reference to something that does not exist', choice: 'accepted' },
    { open: 'dispatching an archived workflow', choice: 'accepted' },
    { open: 'a second archive', choice: '200' },
    { open: 'the order of the checks', choice: 'feature, existence, role, body' },
    {
      open: 'which error an organization without the feature gets for an id',
      choice: '403, before all else',
    },
    { open: 'the envelope of lists', choice: '`results`, with `next: null`' },
    { open: 'whether a record is wrapped', choice: 'in `result`' },
    { open: 'Cache-Control', choice: 'absent' },
    { open: 'Content-Type of a JSON body', choice: 'without parameters' },
    { open: 'whether 401 or 404 comes first', choice: '404' },
    { open: 'which timestamp `range` counts from', choice: 'the end of the run' },
    { open: 'the first dispatch window', choice: 'makes a run at once' },
  ],
  ids: uuidIds,
  order: ['feature', 'existence', 'role', 'validation'],
  errors: {
    ...plain.errors,
    invalidCode: '',
    details: (problems) => problems.length,
    within: { ünïcode: 'ja' },
  },
  transport: {
    ...plain.transport,
    contentType: 'application/json',
    headers: {},
    largestBody: 64 * 1024 * 1024,
  },
  methods: { status: 404, allow: false, keyFirst: false, head: 'as-get', options: 'refused' },
  runs: { ...plain.runs, rangeCounts: 'ended', defaultPageSize: 100, largestPageSize: 1000 },
  dispatch: { ...plain.dispatch, replayStatus: 200, firstWindow: { kind: 'run', delayMs: 0 } },
  archive: { readable: true, dispatch: 'accepted', again: 200 },
  input: { ...plain.input, nullForOptional: 'accepted', missingReference: 'accepted' },
  shapes: {
    ...plain.shapes,
    ...layOut({
      lists: rewritten(typed, inMember('results', { next: null })),
      records: () => rewritten(typed, inMember('result')),
    }),
    listTopics: inMember('topics'),
    listSearches: inMember('searches'),
  },
};
