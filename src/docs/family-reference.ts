/** What each family of cases proves, with its facts and an example from the plan. */
import type { Contract } from '../contract/types.ts';
import { planCases } from '../plan/plan.ts';
import { families, profiles, type Case, type Family } from '../plan/types.ts';
import { markdownCode, markdownTable } from '../report/markdown.ts';

/** The families in words: what a red case of it would mean, turned round. */
const proves: Readonly<Record<Family, string>> = {
  access:
    'Every role that may do an operation gets its documented success: the status, and a body that keeps its schema. For writes, what is asked for is made first, so that nothing of the organization is touched.',
  denied:
    'A role that may not write is refused with 403 `forbidden_role`, whatever the body holds, and nothing has changed afterwards: what the request aimed at is looked at before and after.',
  authentication:
    'A request without a key, or with a key that is malformed, altered, revoked or shown in another place than the documented header, is 401 `unauthenticated`; every operation is tried with every form. The scheme may be spelt in any case.',
  identity:
    'The answer that names the key tells its true role and organization, for each key, and on a connection that another key has used before.',
  'role-source':
    'The role comes from the key alone: no header, query member, cookie or body member that claims another role or organization changes what is allowed.',
  'not-found':
    'An id that nothing has is 404 for every role that may ask, in the very form that the target gives its ids.',
  isolation:
    "No organization sees or changes what is another's: neither by id, nor in a list, nor through a filter, in both directions.",
  feature:
    'An organization without a feature is refused with 403 `feature_disabled` on the operations of that feature, and served on all others.',
  validation:
    'A body that the documentation calls invalid is 400, one mistake at a time: a member missing, null, of another type or outside its values; a body that is no object or no JSON. Nothing is made or changed.',
  method:
    'A method that is not documented for a path does not succeed and does not fail with a 5xx, with a key and without.',
  lifecycle:
    'What is made is in the list and can be read as it was sent; an update shows, makes a new version and changes nothing else; what is archived is out of the list; a topic can be changed and put back.',
  dispatch:
    'A dispatch queues one run for its workflow; the same idempotency key gives the same run, a forced one another; a run moves forward only.',
  query:
    'A documented value of a parameter is accepted and a documented filter filters; pages do not overlap and add up; a default is what comes without the parameter.',
  consistency:
    'Reads agree with each other: the same read twice, each item of a list with its own read, texts with what was sent, in any script.',
  concurrency:
    'Requests at the same moment get their own answers: roles are not mixed up, each create makes one thing, one idempotency key makes one run.',
  robustness:
    'Odd ids, queries and bodies of which the documentation says nothing get a success that keeps its schema or a 4xx, never a 5xx and never silence.',
  document:
    'The OpenAPI document is valid, is served to anyone, lists the operations of the API and no others, gives them one `bearerAuth`, and describes the answers that really came.',
  hygiene:
    'The requests that served the other cases kept the contract too. What is true of every answer (no 5xx, whole JSON, no secret, errors in their form) is judged in every case of every family.',
};

/** How many cases of each family each profile sends. */
export function familyTable(contract: Contract): string {
  const byFamily = countedFamilies(contract);
  const rows = byFamily.map(({ family, cases }) => [
    `[${family}](#${family})`,
    ...profiles.map((profile) => String(upTo(cases, profile))),
  ]);
  const all = byFamily.flatMap(({ cases }) => cases);
  const total = ['all', ...profiles.map((profile) => String(upTo(all, profile)))];
  return markdownTable(['family', ...profiles.map(markdownCode)], [...rows, total], (column) =>
    column === 0 ? 'left' : 'right',
  );
}

/** A section for each family: what it proves, the facts that it tests, and a case to look at. */
export function familySections(contract: Contract): string {
  return countedFamilies(contract)
    .map(({ family, cases }) => {
      const example = cases[Math.floor(cases.length / 2)];
      return [
        `### ${family}`,
        proves[family],
        factList(contract, cases),
        ...(example === undefined
          ? []
          : [`For example, ${example.title}:`, codeBlock(`npx armature-conformance explain ${example.id}`)]),
      ].join('\n\n');
    })
    .join('\n\n');
}

function countedFamilies(
  contract: Contract,
): readonly { readonly family: Family; readonly cases: readonly Case[] }[] {
  const cases = planCases(contract, { seed: 1 });
  return families.map((family) => ({ family, cases: cases.filter((one) => one.family === family) }));
}

function upTo(cases: readonly Case[], profile: Case['profile']): number {
  return cases.filter((one) => profiles.indexOf(one.profile) <= profiles.indexOf(profile)).length;
}

/** The facts that the matrix states for many operations; those of one operation are told by their kind. */
function factList({ facts }: Contract, cases: readonly Case[]): string {
  const tested = [...new Set(cases.flatMap((one) => one.facts))];
  const stated = tested.flatMap((id) => {
    const fact = facts[id];
    return fact === undefined ? [] : [`- ${markdownCode(id)}: ${fact.statement}`];
  });
  const kinds = new Set(
    tested.flatMap((id) => (facts[id] === undefined ? [id.replace(/^[^/?]+/, '…')] : [])).map(kindOfFact),
  );
  const own = [...kinds].map((kind) => markdownCode(kind)).join(', ');
  return [...stated, ...(own === '' ? [] : [`- what the matrix says of single operations: ${own}`])].join(
    '\n',
  );
}

/** `…?status` and `…?range` are of one kind. */
function kindOfFact(fact: string): string {
  return fact.startsWith('…?') ? '…?parameter' : fact;
}

function codeBlock(line: string): string {
  return `\`\`\`sh\n${line}\n\`\`\``;
}
