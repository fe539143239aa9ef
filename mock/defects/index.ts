import { didYouMean } from '../did-you-mean.ts';
import { authenticationDefects } from './authentication.ts';
import { insightsBodyDefects } from './bodies-of-insights.ts';
import { resourceBodyDefects } from './bodies-of-resources.ts';
import { runBodyDefects } from './bodies-of-runs.ts';
import { consistencyDefects } from './consistency.ts';
import { creationDefects } from './creation.ts';
import type { Defect, DefectInfo } from './defect.ts';
import { dispatchDefects } from './dispatches.ts';
import { documentDefects } from './document.ts';
import { errorDefects } from './errors.ts';
import { failureDefects } from './failures.ts';
import { keyDefects } from './keys.ts';
import { mcpKeyDefects } from './mcp-keys.ts';
import { mcpOrganizationDefects } from './mcp-organizations.ts';
import { mcpResultDefects } from './mcp-results.ts';
import { mcpRoleDefects } from './mcp-roles.ts';
import { mcpStateDefects } from './mcp-state.ts';
import { methodDefects } from './methods.ts';
import { spellingDefects } from './spellings.ts';
import { organizationDefects } from './organizations.ts';
import { queryDefects } from './queries.ts';
import { runQueryDefects } from './queries-of-runs.ts';
import { refusalDefects } from './refusals.ts';
import { requestDefects } from './requests.ts';
import { workflowRequestDefects } from './requests-of-workflows.ts';
import { roleDefects } from './roles.ts';
import { secretDefects } from './secrets.ts';
import { textDefects } from './texts.ts';
import { particularDefects } from './particulars.ts';
import { transportDefects } from './transport.ts';
import { unseenWhere } from './unseen-where.ts';
import { updateDefects } from './updates.ts';

const catalogue: readonly Defect[] = [
  ...authenticationDefects,
  ...keyDefects,
  ...secretDefects,
  ...roleDefects,
  ...refusalDefects,
  ...organizationDefects,
  ...resourceBodyDefects,
  ...runBodyDefects,
  ...insightsBodyDefects,
  ...errorDefects,
  ...requestDefects,
  ...workflowRequestDefects,
  ...runQueryDefects,
  ...queryDefects,
  ...creationDefects,
  ...updateDefects,
  ...textDefects,
  ...dispatchDefects,
  ...consistencyDefects,
  ...transportDefects,
  ...failureDefects,
  ...methodDefects,
  ...spellingDefects,
  ...documentDefects,
  ...particularDefects,
  ...mcpRoleDefects,
  ...mcpKeyDefects,
  ...mcpOrganizationDefects,
  ...mcpResultDefects,
  ...mcpStateDefects,
];

/** Every seeded defect, with where it cannot be seen. */
export const defects: readonly DefectInfo[] = catalogue.map(({ hooks: _hooks, ...info }) => {
  const hiding = unseenWhere[info.id];
  return hiding === undefined ? info : { ...info, unseenWhere: hiding };
});

/** The defect of an id. Throws where there is none, with the nearest id. */
export function findDefect(id: string): Defect {
  const found = catalogue.find((defect) => defect.id === id);
  if (found === undefined)
    throw new Error(
      didYouMean(
        'defect',
        id,
        catalogue.map((defect) => defect.id),
      ),
    );
  return found;
}
