import { testerModels } from '../data/catalogue.ts';
import { objectsOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import { membersOf } from './body-check.ts';
import type { EnteredCall } from './call.ts';
import type { Deployment } from './deployment.ts';
import { invalid, notFound } from './refusal.ts';

/** A lawful reaction to a reference that leads nowhere. */
type Reaction = 'accepted' | 400 | 404;

/** Refuses a body that refers to something that is not there, where the dialect does; 400 or 404 is left open. */
export function checkReferences(call: EnteredCall, deployment: Deployment): void {
  const { input } = deployment.dialect;
  const members = membersOf(call, deployment);
  const { sources, runs } = call.tenant;
  refuseUnless((id) => sources.has(id), members['mcpServerId'], 'mcpServerId', input.missingReference);
  refuseUnless((id) => runs.has(id), members['baselineRunId'], 'baselineRunId', input.missingBaseline);
  // No operation makes a profile, so there is none.
  refuseUnless(
    () => false,
    members['defaultMcpAuthProfileId'],
    'defaultMcpAuthProfileId',
    input.unknownProfile,
  );
  for (const model of modelsIn(members)) {
    refuseUnless((id) => testerModels.includes(id), model, 'testerModelId', input.unknownModel);
  }
}

function modelsIn({ testerModelId, testerModelIds, testerTargets }: JsonObject): readonly unknown[] {
  const ids: readonly unknown[] = Array.isArray(testerModelIds) ? testerModelIds : [];
  return [testerModelId, ...ids, ...objectsOf(testerTargets).map(({ modelId }) => modelId)];
}

function refuseUnless(
  exists: (id: string) => boolean,
  id: unknown,
  member: string,
  reaction: Reaction,
): void {
  if (typeof id !== 'string' || reaction === 'accepted' || exists(id)) return;
  throw reaction === 404 ? notFound(member) : invalid(`/${member}`, `/${member} names nothing that exists`);
}
