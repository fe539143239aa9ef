import type { Check } from '../dialects/dialect.ts';
import type { Call } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { perform } from '../deployment/handle.ts';
import { Refused } from '../deployment/refusal.ts';
import type { Defect, Hooks } from './defect.ts';
import { checking, isTo, must, sentMembers, withMembers } from './hooking.ts';
import { anyKey, ofRevoked } from './key-reading.ts';

/** Defects where a request is refused, and done all the same. */
export const refusalDefects: readonly Defect[] = [
  must(
    'refused-create-source-done',
    'refused-without-effect',
    'createMcpServer',
    'A source is made although the role is refused.',
    doneAnyway('createMcpServer', 'role'),
  ),
  must(
    'refused-create-workflow-done',
    'refused-without-effect',
    'createWorkflow',
    'A workflow is made although the role is refused.',
    doneAnyway('createWorkflow', 'role'),
  ),
  must(
    'refused-create-workflow-done-later',
    'refused-without-effect',
    'createWorkflow',
    'A workflow is made a while after the role is refused.',
    doneLater('createWorkflow', 'role'),
  ),
  must(
    'refused-update-done',
    'refused-without-effect',
    'updateWorkflow',
    'A workflow is updated although the role is refused.',
    doneAnyway('updateWorkflow', 'role'),
  ),
  must(
    'refused-archive-done',
    'refused-without-effect',
    'archiveWorkflow',
    'A workflow is archived although the role is refused.',
    doneAnyway('archiveWorkflow', 'role'),
  ),
  must(
    'refused-dispatch-done',
    'refused-without-effect',
    'dispatchRun',
    'A run is queued although the role is refused.',
    doneAnyway('dispatchRun', 'role'),
  ),
  must(
    'refused-topic-done',
    'refused-without-effect',
    'updateTopic',
    'A topic is changed although the role is refused.',
    doneAnyway('updateTopic', 'role'),
  ),
  must(
    'invalid-update-done',
    'refused-without-effect',
    'updateWorkflow',
    'The valid members of a refused update are stored.',
    validPartDone('updateWorkflow'),
  ),
  must(
    'invalid-create-source-done',
    'refused-without-effect',
    'createMcpServer',
    'A source is made although its body is refused.',
    validPartDone('createMcpServer'),
  ),
  must(
    'invalid-create-workflow-done',
    'refused-without-effect',
    'createWorkflow',
    'A workflow is made although its body is refused.',
    validPartDone('createWorkflow'),
  ),
  must(
    'invalid-dispatch-done',
    'refused-without-effect',
    'dispatchRun',
    'A run is queued although its body is refused.',
    validPartDone('dispatchRun'),
  ),
  must(
    'foreign-archive-done',
    'refused-without-effect',
    'archiveWorkflow',
    'A workflow of another organization is archived behind a 404.',
    foreignDone('archiveWorkflow'),
  ),
  must(
    'foreign-update-done',
    'refused-without-effect',
    'updateWorkflow',
    'A workflow of another organization is updated behind a 404.',
    foreignDone('updateWorkflow'),
  ),
  must(
    'foreign-topic-done',
    'refused-without-effect',
    'updateTopic',
    'A topic of another organization is changed behind a 404.',
    foreignDone('updateTopic'),
  ),
  must(
    'foreign-dispatch-done',
    'refused-without-effect',
    'dispatchRun',
    'A run of a workflow of another organization is queued behind a 404.',
    foreignDone('dispatchRun'),
  ),
  must(
    'revoked-update-done',
    'refused-without-effect',
    'updateWorkflow',
    'A revoked key gets 401, and the update is done.',
    keylessDone('updateWorkflow', true),
  ),
  must(
    'keyless-create-done',
    'refused-without-effect',
    'createWorkflow',
    'A request without a key gets 401, and the workflow is made.',
    keylessDone('createWorkflow', false),
  ),
];

function doneAnyway(where: string, check: Check): () => Hooks {
  return checking(check, where, (call, run, deployment) => {
    try {
      run();
    } catch (refusal) {
      attempt(() => perform(call, deployment));
      throw refusal;
    }
  });
}

/** After so many further requests it is done: work that was queued before the role was looked at. */
const soManyLater = 150;

function doneLater(where: string, check: Check): () => Hooks {
  return () => {
    const queued: { left: number; readonly work: () => void }[] = [];
    const refusing = checking(check, where, (call, run, deployment) => {
      try {
        run();
      } catch (refusal) {
        queued.push({ left: soManyLater, work: () => attempt(() => perform(call, deployment)) });
        throw refusal;
      }
    });
    return {
      ...refusing(),
      answer: (call, run) => {
        for (const one of queued) {
          one.left -= 1;
          if (one.left === 0) one.work();
        }
        return run(call);
      },
    };
  };
}

function validPartDone(where: string): () => Hooks {
  return checking('validation', where, (call, run, deployment) => {
    try {
      run();
    } catch (refusal) {
      attempt(() =>
        perform(
          withMembers(call, () => validMembers(call, deployment)),
          deployment,
        ),
      );
      throw refusal;
    }
  });
}

function validMembers(call: Call, { validators }: Deployment): Record<string, unknown> {
  const schema = call.operation.request ?? '';
  const sent = sentMembers(call);
  const wrong = new Set(validators.problems(schema, sent).map(({ at }) => at.split('/')[1] ?? ''));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !wrong.has(name)));
}

/** The check passes over what is found in another organization; the request is then done there, and refused. */
function foreignDone(where: string): () => Hooks {
  return checking('existence', where, (call, run, deployment) => {
    try {
      run();
    } catch (refusal) {
      for (const tenant of deployment.tenants.values())
        attempt(() => perform({ ...call, tenant }, deployment));
      throw refusal;
    }
  });
}

function keylessDone(where: string, onlyRevoked: boolean): () => Hooks {
  return () => ({
    answer: (call, run, deployment) => {
      const answer = run(call);
      const presented = call.authorization[0]?.replace(/^bearer +/i, '');
      const matches = onlyRevoked
        ? ofRevoked({ presented, deployment }) !== undefined
        : presented === undefined;
      const actor = anyKey(deployment, 'owner');
      const tenant = deployment.tenants.get(actor?.organizationId ?? '');
      if (answer.status === 401 && matches && isTo(where, call) && actor && tenant) {
        attempt(() => perform({ ...call, actor, tenant }, deployment));
      }
      return answer;
    },
  });
}

/** What cannot be done is not done: the refusal is answered in any case. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
