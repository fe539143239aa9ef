import type { Contract } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { operationOf } from './client.ts';

/** Ids by path parameter. */
export type Ids = Readonly<Record<string, string>>;

/** One request of a probe. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Who asks, and with what. */
export interface Asking {
  /** A credential of the matrix, or `none`. */
  readonly as?: string;
  readonly body?: unknown;
  readonly query?: string;
}

/** What came back: as a text that is the same for all mocks of a seed, and the body as it was. */
export interface Told {
  readonly text: string;
  readonly body: string;
}

/** Sends the requests of a probe. */
export class Asker {
  readonly #mock: Mock;
  readonly #contract: Contract;

  constructor(mock: Mock, contract: Contract) {
    this.#mock = mock;
    this.#contract = contract;
  }

  idsOf(byResource: Ids): Ids {
    const parameters = this.#contract.operations.flatMap((operation) => operation.parameters);
    return Object.fromEntries(
      parameters.flatMap((parameter) =>
        parameter.in === 'path' ? [[parameter.name, byResource[parameter.resource] ?? '']] : [],
      ),
    );
  }

  ask(id: string, ids: Ids, { as = 'owner', body, query = '' }: Asking): Ask {
    const operation = operationOf(this.#contract, id);
    const path = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
      encodeURIComponent(ids[name] ?? 'x'),
    );
    const hasBody = operation.request !== undefined && body !== undefined;
    return {
      method: operation.method,
      path: `${path}${query}`,
      headers: {
        ...(as === 'none' ? {} : { authorization: `Bearer ${this.#mock.keys[as]}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
    };
  }

  async *say(ask: Ask): AsyncGenerator<string> {
    yield (await this.send(ask)).text;
  }

  async send(ask: Ask): Promise<Told> {
    const asked = `${ask.method} ${ask.path}`;
    try {
      const response = await fetch(`${this.#mock.baseUrl}${ask.path}`, {
        method: ask.method,
        headers: ask.headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(250),
        ...(ask.body === undefined ? {} : { body: ask.body }),
      });
      const body = Buffer.from(await response.arrayBuffer());
      const headers = [...response.headers].filter(([name]) => !['date', 'keep-alive'].includes(name));
      return {
        text: this.#plain(
          `${asked} ${response.status} ${JSON.stringify(headers)} ${body.toString('latin1')}`,
        ),
        body: body.toString(),
      };
    } catch {
      return { text: this.#plain(`${asked} unanswered`), body: '{}' };
    }
  }

  /** Takes out what differs from mock to mock: the address and the secrets. */
  #plain(text: string): string {
    let plain = text.replaceAll(this.#mock.baseUrl, '<base>');
    for (const [name, key] of Object.entries(this.#mock.keys)) {
      plain = plain.replaceAll(key, `<${name}>`).replaceAll(key.slice(-43), `<secret>`);
    }
    return plain;
  }
}
