/** Judging one answer by the answers that the contract allows. */
import type { Contract } from '../contract/types.ts';
import type { LawfulAnswer, Received } from '../oracle/answer.ts';
import { matchingAnswers } from '../oracle/proof.ts';
import type { Finding } from '../results/types.ts';
import { describeOutcome, type Answered, type Outcome } from './answer.ts';
import { findingAgainst } from './finding.ts';
import { itemLists, memberAt } from './members.ts';
import { schemaValue } from './json-body.ts';
import type { Validate } from './schema.ts';
import { shorten } from './schema-words.ts';

export interface Expected {
  /** Any one of these is lawful. */
  readonly answers: readonly LawfulAnswer[];
  /** The fact that a wrong status or code breaks. */
  readonly fact: string;
  /** What the contract says, in words. */
  readonly says: string;
  /** The members that may hold the items of a list. */
  readonly items?: readonly string[];
}

/** The lawful answers in words: `403 forbidden_role or 404`. */
export function describeAnswers(answers: readonly LawfulAnswer[]): string {
  return answers
    .filter(({ breaks }) => breaks === undefined)
    .map(({ status, code }) => (code === undefined ? String(status) : `${status} ${code}`))
    .join(' or ');
}

/**
 * The findings of one outcome against its expectation: no answer, a status that is not lawful, an error code that
 * is not the documented one, a body that breaks its schema. Pure; empty where all is as the contract says.
 */
export function checkExpectation(
  contract: Contract,
  validate: Validate,
  outcome: Outcome,
  expected: Expected,
): readonly Finding[] {
  // An unanswered request is a finding of hygiene, made for every exchange.
  if (outcome.kind === 'unanswered') return [];
  const lawful = matchingAnswers(contract, expected.answers, receivedOf(outcome));
  if (lawful.length === 0) {
    return [
      findingAgainst(contract, expected.fact, 'status', expected.says, {
        expected: describeAnswers(expected.answers),
        actual: describeStatus(outcome),
      }),
    ];
  }
  return [
    ...lesserFindings(contract, outcome, expected, lawful),
    ...codeFindings(contract, outcome, expected, lawful),
    ...schemaFindings(contract, validate, outcome, expected, lawful),
  ];
}

/** The status that came, and the code of its error where it has one. */
export function receivedOf(outcome: Answered): Received {
  const code = outcome.body.kind === 'json' ? memberAt(outcome.body.value, 'error.code') : undefined;
  return { status: outcome.status, ...(typeof code === 'string' ? { code } : {}) };
}

/** An answer that is lawful but for a fact of level should. */
function lesserFindings(
  contract: Contract,
  outcome: Answered,
  { answers }: Expected,
  lawful: readonly LawfulAnswer[],
): readonly Finding[] {
  const fact = lawful.every(({ breaks }) => breaks !== undefined) ? lawful[0]?.breaks : undefined;
  if (fact === undefined) return [];
  const says = contract.facts[fact]?.statement ?? fact;
  return [
    findingAgainst(contract, fact, 'status', says, {
      expected: describeAnswers(answers),
      actual: describeStatus(outcome),
    }),
  ];
}

function describeStatus(outcome: Answered): string {
  const { code } = receivedOf(outcome);
  return code !== undefined
    ? `${outcome.status} ${shorten(code, 60).slice(1, -1)}`
    : describeOutcome(outcome);
}

function codeFindings(
  contract: Contract,
  outcome: Answered,
  expected: Expected,
  lawful: readonly LawfulAnswer[],
): readonly Finding[] {
  const codes = lawful.flatMap(({ code }) => (code === undefined ? [] : [code]));
  if (codes.length < lawful.length) return [];
  const actual = outcome.body.kind === 'json' ? memberAt(outcome.body.value, 'error.code') : undefined;
  if (typeof actual === 'string' && codes.includes(actual)) return [];
  // A body that is no error at all is told by the error schema, not twice.
  return [
    findingAgainst(
      contract,
      expected.fact,
      'error-code',
      `A ${outcome.status} here carries the code ${codes.join(' or ')}.`,
      {
        expected: codes.join(' or '),
        actual: actual === undefined ? 'no error.code' : shorten(actual),
        pointer: '/error/code',
      },
    ),
  ];
}

function schemaFindings(
  contract: Contract,
  validate: Validate,
  outcome: Answered,
  expected: Expected,
  lawful: readonly LawfulAnswer[],
): readonly Finding[] {
  const answer = lawful.find(({ schema }) => schema !== undefined);
  if (answer?.schema === undefined || outcome.body.kind === 'broken') return [];
  if (outcome.body.kind === 'empty') {
    return [
      findingAgainst(contract, expected.fact, 'schema', `A ${outcome.status} here has a body.`, {
        expected: `a JSON body as ${answer.schema} has it`,
        actual: 'no body',
      }),
    ];
  }
  const value = schemaValue(outcome.body);
  const problems = [
    ...validate(answer.schema, value),
    ...itemProblems(validate, value, answer, expected.items ?? []),
  ];
  return problems.slice(0, mostProblems).map((problem) =>
    findingAgainst(contract, expected.fact, 'schema', `The body breaks its schema: ${problem.message}.`, {
      expected: problem.expected,
      actual: problem.actual,
      pointer: problem.pointer,
      schema: problem.schema,
    }),
  );
}

const mostProblems = 5;

function itemProblems(
  validate: Validate,
  value: unknown,
  answer: LawfulAnswer,
  preferred: readonly string[],
): ReturnType<Validate> {
  if (answer.item === undefined) return [];
  const { item } = answer;
  const [list] = itemLists(value, preferred);
  if (list === undefined) return [];
  return list.items.flatMap((row, index) =>
    validate(item, row).map((problem) => ({
      ...problem,
      pointer: `/${[...list.path, index].join('/')}${problem.pointer}`,
      message: `item ${index} of the list: ${problem.message}`,
    })),
  );
}
