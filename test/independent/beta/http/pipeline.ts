import type { Call, Reply } from '../call.ts';
import { bearerOf, authenticate, namedKey } from '../checks/credential.ts';
import { featureOff, forbidden, invalid, notFound, refusal, unauthenticated } from '../checks/refusals.ts';
import { checkShape } from '../checks/shape.ts';
import { depthOf, isObject } from '../json.ts';
import type { ApiKey } from '../model.ts';
import type { Step } from '../settings.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseBody(call: Call): void {
  const shape = call.operation.shape;
  if (!shape) return;
  if (call.raw.length === 0) {
    const optional = call.operation.name === 'workflows.dispatch';
    if (!optional || call.settings.emptyDispatchBody === 'refuse')
      call.problems.push({ path: '', kind: 'json' });
    return;
  }
  let value: unknown;
  try {
    const text = decoder.decode(call.raw);
    value = depthOf(text) > 200 ? undefined : JSON.parse(text);
  } catch {
    call.problems.push({ path: '', kind: 'json' });
    return;
  }
  if (!isObject(value)) {
    call.problems.push({ path: '', kind: 'body' });
    return;
  }
  call.body = value;
  checkShape(shape, value, call.settings, call.problems);
}

/** Sets who the caller is. */
export function take(call: Call, key: ApiKey): void {
  const org = call.world.orgs.find((candidate) => candidate.id === key.orgId);
  call.actor = key;
  if (org) call.org = org;
}

function wrongContentType(call: Call): Reply | undefined {
  const rule = call.settings.otherContentType;
  if (rule === 'accept' || call.raw.length === 0 || !call.operation.shape) return undefined;
  const type = (call.headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('application/json')) return undefined;
  return refusal(call, rule, 'unsupported_media_type', 'Send application/json.');
}

function check(call: Call, step: Step): Reply | undefined {
  const { operation, settings, seed } = call;
  if (step === 'role') {
    const allowed = !operation.write || call.actor.role !== 'viewer';
    return (seed?.allows?.(call, allowed) ?? allowed) ? undefined : forbidden(call);
  }
  if (step === 'feature') {
    if (!operation.insights) return undefined;
    const enabled = seed?.enables?.(call, call.org.insights) ?? call.org.insights;
    if (enabled) return undefined;
    return operation.exists && settings.disabledId === 404 ? notFound(call) : featureOff(call);
  }
  if (step === 'existence') {
    if (!operation.exists || operation.exists(call)) return undefined;
    if (settings.oddId === 400 && (call.oddPath || !call.world.hasIdForm(call.id)))
      return invalid(call, [{ path: 'id', kind: 'type' }]);
    return notFound(call);
  }
  const wrong = wrongContentType(call);
  if (wrong) return wrong;
  const problems = call.problems.filter((problem) => seed?.tolerates?.(call, problem) !== true);
  return problems.length > 0 ? invalid(call, problems) : undefined;
}

async function decide(call: Call): Promise<Reply> {
  const { operation, settings, seed } = call;
  const early = seed?.early?.(call);
  if (early) return early;
  if (operation.name === 'openapi') return operation.run(call);
  const key = authenticate(call);
  if (!key) return unauthenticated(call);
  take(call, key);
  const instead = seed?.instead?.(call);
  if (instead) return instead;
  for (const step of settings.order) {
    const refused = check(call, step);
    if (refused) return refused;
  }
  const run = (): Reply => operation.run(call);
  return seed?.around ? await seed.around(call, run) : run();
}

function carryOut(call: Call): void {
  const key = namedKey(call, bearerOf(call)) ?? call.world.keys[0];
  if (!key) return;
  take(call, key);
  call.forced = true;
  call.operation.run(call);
}

/** Answers one call to a documented operation. */
export async function answer(call: Call): Promise<Reply> {
  parseBody(call);
  const made = await decide(call);
  if (made.status >= 400 && call.operation.write && call.seed?.nevertheless?.(call, made) === true)
    carryOut(call);
  return call.seed?.reply?.(call, made) ?? made;
}
