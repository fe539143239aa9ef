/** One trial of a deployment against the documented facts: what is asked, and what is broken. */
import type { Contract } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { ask, type Answered, type Asked } from './lawful-client.ts';
import { arraysIn, idsIn, isMembers, memberOf, rowId, type Members } from './open-body.ts';

/** The clock of the mock: the test moves it on. */
export interface Clock {
  at: number;
}

/** How long lists may lag behind, in milliseconds. */
export const longestLag = 10_000;

/** Asks a deployment and gathers a line for each documented fact that it breaks. */
export class Trial {
  readonly broken: string[] = [];
  readonly contract: Contract;
  readonly clock: Clock;
  readonly mock: Mock;

  constructor(mock: Mock, contract: Contract, clock: Clock) {
    this.mock = mock;
    this.contract = contract;
    this.clock = clock;
  }

  /** Sends a request; what is true of every answer is looked at. */
  async ask(path: string, asked: Asked = {}): Promise<Answered> {
    const answer = await ask(this.mock, path, asked);
    if (answer.status >= 500) this.broken.push(`${path} is ${answer.status}: ${answer.text.slice(0, 200)}`);
    const secrets = Object.values(this.mock.keys).map((key) => key.slice(-43));
    if (secrets.some((secret) => answer.text.includes(secret))) this.broken.push(`${path} echoes a secret`);
    if (answer.status >= 400) {
      const error = isMembers(answer.body) ? answer.body['error'] : undefined;
      const isError =
        isMembers(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string';
      if (!isError)
        this.broken.push(`${path} is ${answer.status} without an error: ${answer.text.slice(0, 200)}`);
    }
    return answer;
  }

  /** The answer has one of the statuses, and the code where one is pinned. */
  is(what: string, answer: Answered, statuses: readonly number[], code?: string): void {
    const isRight =
      statuses.includes(answer.status) && (code === undefined || memberOf(answer.body, 'code') === code);
    if (!isRight) this.broken.push(`${what} is ${answer.status}: ${answer.text.slice(0, 200)}`);
  }

  /** Something is true. */
  holds(what: string, holds: boolean, told: unknown): void {
    if (!holds) this.broken.push(`not true: ${what}: ${JSON.stringify(told)?.slice(0, 300)}`);
  }

  /** The rows of the first list in a body that has any. */
  async rows(path: string): Promise<readonly Members[]> {
    const answer = await this.ask(path);
    // Beyond the end anything is lawful that holds nothing.
    if (answer.status === 404 && path.includes('page=2')) return [];
    this.is(path, answer, [200]);
    return arraysIn(answer.body).find((items) => items.length > 0) ?? [];
  }

  /** The rows of the first pages, whether the first is 0 or 1. */
  async pages(path: string): Promise<readonly Members[]> {
    const rows: Members[] = [];
    for (const page of [0, 1, 2, 3]) {
      const answer = await this.ask(`${path}&page=${page}`);
      if (answer.status === 200)
        rows.push(...(arraysIn(answer.body).find((items) => items.length > 0) ?? []));
    }
    return rows;
  }

  /** Something is in its list after a while. */
  async appears(what: string, list: string, thing: string, id: string): Promise<void> {
    this.clock.at += longestLag;
    const rows = await this.rows(list);
    this.holds(
      `${what} is listed`,
      rows.some((row) => rowId(row, thing) === decodeURIComponent(id)),
      { id },
    );
  }

  /** The one id of a body that can be read, as it stands in a path. */
  async readable(thing: string, answer: Answered, pathOf: (id: string) => string): Promise<string> {
    for (const id of idsIn(answer.body, thing)) {
      if ((await ask(this.mock, pathOf(encodeURIComponent(id)))).status === 200)
        return encodeURIComponent(id);
    }
    this.broken.push(`nothing of ${answer.text.slice(0, 200)} can be read at ${pathOf('…')}`);
    return '';
  }

  /** The id of the first item of a list that can be read, as it stands in a path. */
  async firstReadable(list: string, item: string, thing: string): Promise<string> {
    const answer = await this.ask(list);
    for (const rows of arraysIn(answer.body)) {
      const id = encodeURIComponent(rowId(rows[0] ?? {}, thing) ?? '');
      if (id !== '' && (await this.ask(`${item}/${id}`)).status === 200) return id;
    }
    this.broken.push(`nothing of ${list} can be read`);
    return '';
  }
}
