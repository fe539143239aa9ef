/** Another user of the same organization: works over HTTP, with the key of an admin, while the suite runs. */
import type { Deployment } from '../../src/selftest/trial.ts';

export interface Colleague {
  /** How many of its requests succeeded so far. */
  readonly done: number;
  /** Settles when its last request is answered. */
  leave(): Promise<void>;
}

/** Sends a request; gives the body of a success. */
type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

type Act = (round: number) => Promise<unknown>;

/** Sets a colleague to work: every `everyMs` it makes, changes or archives a workflow, dispatches a run, edits a topic. */
export async function hireColleague({ baseUrl, keys }: Deployment, everyMs: number): Promise<Colleague> {
  let done = 0;
  const left = new AbortController();
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${keys['admin'] ?? ''}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) return undefined;
    done++;
    return text === '' ? undefined : JSON.parse(text);
  };
  const acts = await habitsOf(ask);
  const work = async (): Promise<void> => {
    for (let round = 0; !left.signal.aborted; round++) {
      await acts[round % acts.length]?.(round);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
  const working = work();
  return {
    get done() {
      return done;
    },
    leave: async () => {
      left.abort();
      await working;
    },
  };
}

/** What it does, in turn. It touches what it made, what it dispatches, and the topics that everybody edits. */
async function habitsOf(ask: Ask): Promise<readonly Act[]> {
  const source = idsIn(await ask('GET', '/mcp-servers'))[0];
  const listed = idsIn(await ask('GET', '/workflows'));
  const topics = idsIn(await ask('GET', '/insights/topics'));
  const own: string[] = [];
  const make: Act = async (round) => {
    const body = { name: `Colleague's ${round}`, mcpServerId: source, testerPrompt: 'Try it.' };
    own.push(...idsIn(await ask('POST', '/workflows', body)).slice(0, 1));
  };
  const dispatch: Act = (round) =>
    ask('POST', `/workflows/${[...listed, ...own][round % (listed.length + own.length)]}/runs`, {
      reason: `colleague ${round}`,
      forceNewRun: true,
    });
  const change: Act = (round) =>
    ask('PATCH', `/workflows/${own.at(-1)}`, { name: `Colleague's, changed ${round}` });
  const archive: Act = () => ask('DELETE', `/workflows/${own.shift()}`);
  const edit: Act = (round) =>
    ask('PATCH', `/insights/topics/${topics[round % topics.length]}`, { label: `A topic, edited ${round}` });
  return [make, dispatch, change, dispatch, make, edit, dispatch, archive];
}

/** The ids in a body whatever its envelope: of its record, or of the items of its first list. */
function idsIn(body: unknown): readonly string[] {
  if (Array.isArray(body)) return body.flatMap((item) => idsIn(item).slice(0, 1));
  if (typeof body !== 'object' || body === null) return [];
  if ('id' in body && typeof body.id === 'string') return [body.id];
  return Object.values(body).flatMap(idsIn);
}
