import { stringify } from 'yaml';
import type { Results } from '../results/types.ts';
import { observedRoles } from './observed-roles.ts';

/**
 * `observed-matrix.yaml`: who may do what as the run saw it, an operation a line, what differs from the matrix, and what
 * of it is proven.
 */
export function observedMatrixYaml(results: Results): string {
  const { roles, rows, differences } = observedRoles(results);
  const operations = Object.fromEntries(
    rows.map((row) => [row.operation, Object.fromEntries(row.roles.map((one) => [one.role, one.observed]))]),
  );
  const cells = Object.fromEntries(
    rows.flatMap((row) => {
      const told = row.roles.flatMap(({ role, standing }) =>
        standing === undefined ? [] : [[role, standing.replaceAll('-', ' ')] as const],
      );
      return told.length === 0 ? [] : [[row.operation, Object.fromEntries(told)] as const];
    }),
  );
  const comment = [
    '# Who may do what, as a run saw it: allowed, denied, mixed (both were seen) or unknown (neither was).',
    '# cells: proven (by an answer that nothing but the role explains), broken, not proven or not tried.',
    `# ${results.target.baseUrl.replaceAll(/[\r\n]/g, ' ')}, profile ${results.profile}, ${results.startedAt}`,
  ];
  const document = {
    roles,
    differences,
    operations,
    ...(Object.keys(cells).length === 0 ? {} : { cells }),
  };
  return `${comment.join('\n')}\n${stringify(document, { lineWidth: 0, collectionStyle: 'any' })}`;
}
