import { stringify } from 'yaml';
import type { Results } from '../results/types.ts';
import { observedRoles } from './observed-roles.ts';

/** `observed-matrix.yaml`: who may do what as the run saw it, an operation a line, and what differs from the matrix. */
export function observedMatrixYaml(results: Results): string {
  const { roles, rows, differences } = observedRoles(results);
  const operations = Object.fromEntries(
    rows.map((row) => [row.operation, Object.fromEntries(row.roles.map((one) => [one.role, one.observed]))]),
  );
  const comment = [
    '# Who may do what, as a run saw it: allowed, denied, mixed (both were seen) or unknown (neither was).',
    `# ${results.target.baseUrl.replaceAll(/[\r\n]/g, ' ')}, profile ${results.profile}, ${results.startedAt}`,
  ];
  const document = { roles, differences, operations };
  return `${comment.join('\n')}\n${stringify(document, { lineWidth: 0, collectionStyle: 'any' })}`;
}
