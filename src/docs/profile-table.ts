/** What each profile can prove and what it cannot, counted in the plan. Pure. */
import type { Contract, Operation } from '../contract/types.ts';
import { planCases } from '../plan/plan.ts';
import { isRead } from '../plan/request.ts';
import { profiles, type Case, type Profile } from '../plan/types.ts';
import { markdownCode, markdownTable } from '../report/markdown.ts';
import { cellName } from '../results/cells.ts';

const sends: Readonly<Record<Profile, string>> = {
  smoke: 'one read with each key, and what shows that the API answers',
  read: 'nothing that could change even a broken target',
  guarded: 'also requests that a conformant target must refuse',
  full: 'everything; it creates, changes and archives, and nothing deletes the sources that it makes',
};

/** The kinds of cells, an operation and a role each. */
const kinds: readonly (readonly [name: string, of: (operation: Operation, role: string) => boolean])[] = [
  ['reads', (operation) => isRead(operation)],
  ['writes that must be refused', (operation, role) => !isRead(operation) && !may(operation, role)],
  ['writes that must be done', (operation, role) => !isRead(operation) && may(operation, role)],
];

/**
 * A row a profile: what it sends, how many cells of each kind it tries where every key is given, and how many of the
 * facts of the contract its cases test.
 */
export function profileTable(contract: Contract): string {
  const facts = factsOf(planCases(contract, { seed: 1, profile: 'full' })).size;
  const rows = profiles.map((profile) => {
    const cases = sentBy(contract, profile);
    const tried = cellsTriedBy(contract, cases);
    return [
      markdownCode(profile),
      sends[profile],
      ...kinds.map(([, of]) => {
        const all = cellsOf(contract, of);
        return `${all.filter((name) => tried.has(name)).length} of ${all.length}`;
      }),
      `${factsOf(cases).size} of ${facts}`,
    ];
  });
  const head = ['profile', 'what it sends', ...kinds.map(([name]) => name), 'facts'];
  return markdownTable(head, rows, (column) => (column < 2 ? 'left' : 'right'));
}

function sentBy(contract: Contract, profile: Profile): readonly Case[] {
  const reach = profiles.indexOf(profile);
  return planCases(contract, { seed: 1, profile }).filter((one) => profiles.indexOf(one.profile) <= reach);
}

function factsOf(cases: readonly Case[]): ReadonlySet<string> {
  return new Set(cases.flatMap(({ facts }) => facts));
}

/** A case about a cell tests the fact of who may do its operation. */
function cellsTriedBy({ credentials }: Contract, cases: readonly Case[]): ReadonlySet<string> {
  return new Set(
    cases.flatMap(({ operation, credential, facts }) => {
      const role = credentials[credential]?.role;
      return role !== undefined && facts.includes(`${operation}/roles`)
        ? [cellName({ operation, role })]
        : [];
    }),
  );
}

function cellsOf({ operations, roles }: Contract, of: (typeof kinds)[number][1]): readonly string[] {
  return operations.flatMap((operation) =>
    operation.keyless
      ? []
      : roles.flatMap((role) => (of(operation, role) ? [cellName({ operation: operation.id, role })] : [])),
  );
}

function may({ roles }: Operation, role: string): boolean {
  return roles[role] === 'allowed';
}
