/** The oracle: from the contract and the situation of a request to the answers that are lawful. Pure. */
import type { Contract, Operation } from '../contract/types.ts';
import type { Cause, LawfulAnswer } from './answer.ts';
import type { Situation } from './situation.ts';

/** What of the contract the oracle reads. */
export type OracleContract = Pick<Contract, 'operations' | 'errors' | 'errorSchema' | 'facts' | 'features'>;

/** One thing about a request that can be told instead of the success. */
interface Fault {
  /** False where the request may be served all the same. */
  readonly certain: boolean;
  readonly answers: readonly LawfulAnswer[];
}

/**
 * The lawful answers of a situation, each with what explains it. A bad credential is told first on a documented
 * operation (401; where a limit stands before it, 413, 414 or 431); otherwise any of the faults that are present may
 * be the one that is told, and what the documentation leaves open adds the success or a refusal.
 * Throws for an operation that the contract does not have, which is a fault of the suite.
 */
export function lawfulAnswers(contract: OracleContract, situation: Situation): readonly LawfulAnswer[] {
  const operation = contract.operations.find(({ id }) => id === situation.operation);
  if (operation === undefined) throw new Error(`The contract has no operation ${situation.operation}`);
  const limits = situation.large ? tooLarge : [];
  if (situation.method === 'undocumented') return merged(anyRefusal(contract, 'method'));
  if (situation.method === 'exempt')
    return [{ status: '2xx', because: ['method'] }, ...anyRefusal(contract, 'method')];
  if (situation.asker.kind === 'bad' && !operation.keyless)
    return [...errorAs(contract, operation, 'unauthenticated', 'credential'), ...limits];
  const faults = faultsOf(contract, operation, situation);
  const served = faults.some(({ certain }) => certain)
    ? []
    : // A body that is left open may be taken for one that came before: a run is told by a part of it, if by that.
      successesAs(contract, operation, situation.replay || situation.body === 'open');
  return merged([...served, ...faults.flatMap(({ answers }) => answers), ...limits]);
}

/** Whether the success is among what is lawful in a situation. */
export function maySucceed(contract: OracleContract, situation: Situation): boolean {
  return lawfulAnswers(contract, situation).some(({ because }) => because.includes('allowed'));
}

/**
 * The documented successes of an operation, the usual one first.
 * @param replay whether the request may have done its work before: then the statuses of a replay are lawful too
 */
export function successesAs(
  contract: Pick<OracleContract, 'facts'>,
  operation: Operation,
  replay = false,
): readonly LawfulAnswer[] {
  const { status, schema, item, also = [], anyStatus = false, statusStanding } = operation.success;
  const body = { ...(schema === undefined ? {} : { schema }), ...(item === undefined ? {} : { item }) };
  const because = ['allowed'] as const;
  return [
    { status, ...body, because },
    ...also.map((other) => ({ status: other, because })),
    ...(anyStatus ? [{ status: '2xx' as const, ...body, because }] : []),
    ...(replay ? replaysAs(operation) : []),
    // Where only an RFC names the status, another 2xx with the documented body is an advisory at most.
    ...(statusStanding === 'rfc' && contract.facts['write-status'] !== undefined
      ? [{ status: '2xx' as const, ...body, breaks: 'write-status', because }]
      : []),
  ];
}

/** What a request gets that did its work before: the same body, under one of the statuses that are lawful then. */
function replaysAs({ success: { schema }, idempotency }: Operation): readonly LawfulAnswer[] {
  return (idempotency?.replayStatuses ?? []).map((status) => ({
    status,
    ...(schema === undefined ? {} : { schema }),
    because: ['allowed'],
  }));
}

/** RFC 9110 and RFC 6585: the path, the body or the headers are larger than what is looked at. */
const tooLarge: readonly LawfulAnswer[] = [413, 414, 431].map((status) => ({ status, because: ['size'] }));

function faultsOf(contract: OracleContract, operation: Operation, situation: Situation): readonly Fault[] {
  return [
    ...(operation.keyless ? [] : [...roleFaults(contract, operation, situation)]),
    ...featureFaults(contract, operation, situation),
    ...idFaults(contract, operation, situation),
    ...bodyFaults(contract, operation, situation),
    ...(situation.query === 'open' ? [leftOpen('left-open')] : []),
    ...referenceFaults(contract, operation, situation),
  ];
}

function roleFaults(contract: OracleContract, operation: Operation, { asker }: Situation): readonly Fault[] {
  const answers = errorAs(contract, operation, 'forbidden_role', 'role');
  const role = asker.kind === 'bad' ? undefined : asker.role;
  if (role !== undefined) return operation.roles[role] === 'allowed' ? [] : [{ certain: true, answers }];
  const open = Object.values(operation.roles).includes('denied');
  return open ? [{ certain: false, answers }] : [];
}

function featureFaults(
  contract: OracleContract,
  operation: Operation,
  { feature }: Situation,
): readonly Fault[] {
  const error = contract.features[operation.feature ?? '']?.error;
  if (error === undefined || feature === undefined || feature === 'on') return [];
  return [{ certain: feature === 'off', answers: errorAs(contract, operation, error, 'feature') }];
}

function idFaults(contract: OracleContract, operation: Operation, { id }: Situation): readonly Fault[] {
  switch (id) {
    case 'unknown':
      // The suite cannot know the form of ids for certain: one that it made up may be refused for its form alone.
      return [
        {
          certain: true,
          answers: [
            ...errorAs(contract, operation, 'not_found', 'existence'),
            ...errorAs(contract, operation, 'invalid', 'form'),
          ],
        },
      ];
    case 'foreign':
      return [{ certain: true, answers: errorAs(contract, operation, 'not_found', 'visibility') }];
    case 'odd':
      return [{ certain: true, answers: anyRefusal(contract, 'existence') }];
    case 'archived':
    case 'unfinished':
      return [leftOpen('left-open')];
    case 'listed':
    case 'made':
    case undefined:
      return [];
    default:
      return unreachableState(id);
  }
}

function unreachableState(id: never): never {
  throw new Error(`The oracle knows no state ${String(id)} of an id`);
}

function bodyFaults(contract: OracleContract, operation: Operation, { body }: Situation): readonly Fault[] {
  if (body === 'broken') return [{ certain: true, answers: errorAs(contract, operation, 'invalid', 'body') }];
  return body === 'open' ? [leftOpen('left-open')] : [];
}

/** A reference is told as invalid or as not found, before or after the role; one that leads nowhere may be taken. */
function referenceFaults(
  contract: OracleContract,
  operation: Operation,
  { reference }: Situation,
): readonly Fault[] {
  if (reference === undefined) return [];
  if (reference === 'unknown') return [leftOpen('reference')];
  return [
    {
      certain: true,
      answers: [
        ...errorAs(contract, operation, 'not_found', 'visibility'),
        ...errorAs(contract, operation, 'invalid', 'reference'),
      ],
    },
  ];
}

/** What is left open may be served or refused; a refusal that has a meaning of its own is not among them. */
function leftOpen(cause: Cause): Fault {
  return { certain: false, answers: [{ status: '4xx', because: [cause] }] };
}

/** Any refusal at all, also those that have a meaning of their own elsewhere: which comes first is left open. */
function anyRefusal({ errors }: OracleContract, cause: Cause): readonly LawfulAnswer[] {
  const because = [cause];
  return [
    { status: '4xx', because },
    ...Object.values(errors).flatMap(({ status, code }) =>
      code === undefined ? [] : [{ status, code, because }],
    ),
  ];
}

/**
 * A documented error as the answer to a cause; none where the contract does not name it. Where the operation documents
 * no status for it, any 4xx.
 */
function errorAs(
  { errors, errorSchema, facts }: OracleContract,
  { anyRefusal: byClass = [] }: Operation,
  id: string,
  cause: Cause,
): readonly LawfulAnswer[] {
  if (byClass.includes(id)) return [{ status: '4xx', because: [cause] }];
  const error = errors[id];
  if (error === undefined) return [];
  return [
    {
      status: error.status,
      // Whether every error keeps the schema is a fact of its own, which the API may not have.
      ...(facts['error-shape'] === undefined ? {} : { schema: errorSchema }),
      ...(error.code === undefined ? {} : { code: error.code }),
      because: [cause],
    },
  ];
}

/** Answers that are alike become one, explained by all that explains them. */
function merged(answers: readonly LawfulAnswer[]): readonly LawfulAnswer[] {
  const kept = new Map<string, LawfulAnswer>();
  for (const answer of answers) {
    const key = `${answer.status} ${answer.code ?? ''} ${answer.breaks ?? ''}`;
    const known = kept.get(key);
    const because = [...new Set([...(known?.because ?? []), ...answer.because])];
    kept.set(key, { ...(known ?? answer), because });
  }
  return [...kept.values()];
}
