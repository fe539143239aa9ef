/** Texts of any script, and creates at the same moment. */
import { holdsText, valuesOf } from '../../check/members.ts';
import { freeTexts, validBody } from '../../plan/valid-body.ts';
import { bodyOf, described, succeeded } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { shows } from './record.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';
import { createOnce, sentences } from './created.ts';

/** Text of any script and size comes back as it was sent. */
export const textWhole: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const read = operationOfResource(context, resource, 'read');
  const by = planned.credential;
  const members = freeTexts(context.run.contract, create).map(({ name }) => name);
  const texts: Readonly<Record<string, string>> = {
    scripts: sentences,
    markup: `<b>bold</b> & &amp; "double" 'single' \\ back / %20 + $&`,
    lines: 'one\ntwo\n\nfour\twith a tab',
    long: `${'A long text, with ümlauts and 漢字. '.repeat(300)}end`,
  };
  const base = validBody(context.run.contract, create, context.run.config.seed, context.id);
  for (const [variant, value] of Object.entries(texts)) {
    const marker = context.run.nextMarker();
    const own = Object.fromEntries(members.map((name) => [name, `{{marker}} ${name} ${value}`]));
    const { sent, id } = await createOnce(context, create, by, { ...base, ...own }, marker);
    if (!succeeded(sent) || id === undefined) {
      context.note(`text of the kind "${variant}" was refused (${described(sent)})`);
      continue;
    }
    const back = await context.send(planAt(read, by, id));
    for (const name of members) {
      const expected = `${marker} ${name} ${value}`;
      if (shows(bodyOf(back), name, expected) !== 'no') continue;
      context.fail(
        'text-whole',
        'text',
        `The text of "${name}" (${variant}) does not come back as it was sent.`,
        {
          expected: JSON.stringify(expected).slice(0, 300),
          actual: JSON.stringify(valuesOf(bodyOf(back), name)[0]).slice(0, 300),
        },
        back,
      );
    }
  }
};

/** Creates at the same moment make a resource each, each with its own name. */
export const concurrentCreates: Scenario = async (context, planned, parameters) => {
  const resource = resourceIn(context, parameters);
  const create = operationOfResource(context, resource, 'create');
  const by = planned.credential;
  const body = validBody(context.run.contract, create, context.run.config.seed, context.id);
  const creations = await Promise.all(Array.from({ length: 6 }, () => createOnce(context, create, by, body)));
  const ids = new Map<string, string>();
  for (const { sent, id, marker } of creations) {
    if (!context.expectSuccess(sent, create, 'requests-independent') || id === undefined) continue;
    const twin = ids.get(id);
    if (twin !== undefined) {
      context.fail(
        'create-distinct',
        'id',
        `Two creates at the same moment made one ${resource.id}.`,
        {
          expected: 'an id for each create',
          actual: `${id} twice`,
        },
        sent,
      );
    }
    ids.set(id, marker);
  }
  if (resource.read === undefined) return;
  const read = context.operation(resource.read);
  for (const [id, marker] of ids) {
    const sent = await context.send(planAt(read, by, id));
    if (!context.expectSuccess(sent, read, 'created-readable') || holdsText(bodyOf(sent), marker)) continue;
    context.fail(
      'requests-independent',
      'text',
      `A ${resource.id} that was made at the same moment as others holds another one's name.`,
      {
        expected: `a name with ${marker}`,
        actual: JSON.stringify(valuesOf(bodyOf(sent), resource.name ?? 'name')[0]),
      },
      sent,
    );
  }
};
