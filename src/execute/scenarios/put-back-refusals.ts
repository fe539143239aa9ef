/** Writes at something that the run cannot make, which must be refused and have no effect. */
import { valuesOf } from '../../check/members.ts';
import { deniedCredentials } from '../../plan/request.ts';
import type { JsonValue, Presented } from '../../plan/types.ts';
import type { JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, described, succeeded, type Sent } from '../case-context.ts';
import { lookAt, rounds, write, type Subject } from './put-back-steps.ts';
import { shows } from './record.ts';

interface Refusal {
  readonly what: string;
  readonly presented: Presented;
  readonly body: JsonValue;
}

/**
 * Sends what must be refused and have no effect. What it asks for is what the subject was before the run: on a target
 * that carries it out, it does no more than put it back. An effect counts where it comes each time.
 * @param now what the subject holds at the moment
 */
export async function checkRefusals(subject: Subject, now: JsonRecord): Promise<void> {
  for (const refusal of refusals(subject)) {
    if (subject.context.run.keyring.show(refusal.presented) !== undefined)
      await checkOne(subject, now, refusal);
  }
}

async function checkOne(
  subject: Subject,
  now: JsonRecord,
  { what, presented, body }: Refusal,
): Promise<void> {
  const { context, resource } = subject;
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) context.run.meter.excuse('update', 1);
    const sent = await write(subject, body, presented);
    const after = bodyOf(await lookAt(subject));
    const changed = Object.entries(now).find(([member, value]) => shows(after, member, value) === 'no');
    if (!succeeded(sent) && changed === undefined) return;
    if (succeeded(sent)) {
      const [member, value] = changed ?? Object.entries(now)[0] ?? ['', null];
      fail(subject, `A write ${what} is not refused.`, member, value, described(sent), sent);
    } else if (round === rounds && changed !== undefined) {
      const [member, value] = changed;
      const actual = JSON.stringify(valuesOf(after, member)[0]) ?? 'nothing';
      fail(
        subject,
        `A refused write ${what} changed the ${resource.id} all the same.`,
        member,
        value,
        actual,
        sent,
      );
    }
    context.run.meter.excuse('update', 1);
    await write(subject, now);
    if (succeeded(sent)) return;
  }
}

function fail(
  { context }: Subject,
  message: string,
  member: string,
  value: JsonValue,
  actual: string,
  sent: Sent,
): void {
  const detail = { expected: `${member}: ${JSON.stringify(value)}`, actual };
  context.fail('refused-without-effect', 'effect', message, detail, sent);
}

function refusals({ context, update, by, name, old, flags }: Subject): readonly Refusal[] {
  const { contract, keyring } = context.run;
  const body = { [name]: old };
  const others = Object.values(contract.credentials).filter(
    ({ kind, id }) => kind !== 'role' && keyring.given.has(id),
  );
  const denied = deniedCredentials(contract, update).filter((id) => keyring.given.has(id));
  return [
    ...denied.flatMap((credential) =>
      Object.entries(flags).map(([flag, value]) => ({
        what: `of "${flag}" alone with the key of ${credential}`,
        presented: { credential, form: 'bearer' },
        body: { [flag]: value },
      })),
    ),
    ...[...denied, ...others.map(({ id }) => id)].map((credential) => ({
      what: `with the key of ${credential}`,
      presented: { credential, form: 'bearer' },
      body,
    })),
    ...['none', 'garbage', 'wrong-secret', 'basic', 'header-x-api-key'].map((form) => ({
      what: `with a bad credential (${form})`,
      presented: { credential: by, form },
      body,
    })),
    ...Object.keys(contract.schemas[update.request ?? '']?.['properties'] ?? {}).flatMap((member) =>
      member === name
        ? []
        : [
            {
              what: `with an object at "${member}"`,
              presented: { credential: by, form: 'bearer' },
              body: { ...body, [member]: {} },
            },
          ],
    ),
  ];
}
