import type { Call } from '../call.ts';
import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import { facts } from './facts.ts';
import { damageBody, on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const workflowTexts = ['name', 'description', 'testerPrompt', 'criteria', 'metadata'];

function workflow(
  id: string,
  where: string,
  change: (text: string) => Json,
  names: readonly string[] = workflowTexts,
): Seed {
  return plant(id, facts.workflowFull, where, {
    around: (call, run) => {
      if (on(call, 'workflows.create', 'workflows.update')) damageBody(call, names, change);
      return run();
    },
  });
}

function member(id: string, where: string, name: string, change: (value: Json) => Json): Seed {
  return plant(id, facts.workflowFull, where, {
    around: (call, run) => {
      const value = call.body[name];
      if (on(call, 'workflows.create', 'workflows.update') && value !== undefined)
        call.body[name] = change(value);
      return run();
    },
  });
}

function label(id: string, where: string, change: (text: string) => string): Seed {
  return plant(id, facts.topicPatch, where, {
    around: (call, run) => {
      if (on(call, 'topics.update')) damageBody(call, ['label'], change);
      return run();
    },
  });
}

function source(id: string, where: string, names: readonly string[], change: (text: string) => string): Seed {
  return plant(id, facts.sourceMade, where, {
    around: (call: Call, run) => {
      if (on(call, 'sources.create')) damageBody(call, names, change);
      return run();
    },
  });
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const doubled = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Defects that damage what is written. */
export const textSeeds: readonly Seed[] = [
  workflow('text-question-marks', 'workflows: characters beyond Latin-1 become `?`', (text) =>
    text.replace(/[\u0100-\uffff]/g, '?'),
  ),
  workflow('text-mojibake', 'workflows: UTF-8 read as Latin-1', doubled),
  workflow('text-escaped', 'workflows: `&`, `<`, `>` are HTML-escaped', escaped),
  workflow('text-no-emoji', 'workflows: characters beyond the basic plane are dropped', (text) =>
    text.replace(/[\u{10000}-\u{10ffff}]/gu, ''),
  ),
  workflow('text-tags-stripped', 'workflows: what looks like a tag is dropped', (text) =>
    text.replace(/<[^>]*>/g, ''),
  ),
  workflow(
    'text-lines-joined',
    'workflows: line breaks in `testerPrompt` become spaces',
    (text) => text.replace(/\s*\n\s*/g, ' '),
    ['testerPrompt'],
  ),
  workflow('text-cut', 'workflows: `testerPrompt` is cut at 120 characters', (text) => text.slice(0, 120), [
    'testerPrompt',
  ]),
  workflow('text-backslash', 'workflows: backslashes are dropped', (text) => text.replace(/\\/g, '')),
  workflow(
    'text-smart-quotes',
    'workflows: straight quotes in `testerPrompt` become curly',
    (text) => text.replace(/"/g, '”'),
    ['testerPrompt'],
  ),
  workflow(
    'text-numbers',
    'workflows: texts of digits within `metadata` become numbers',
    (text) => (/^\d+$/.test(text) ? Number(text) : text),
    ['metadata'],
  ),
  workflow(
    'text-null-word',
    'workflows: the text `null` within `metadata` becomes null',
    (text) => (text === 'null' ? null : text),
    ['metadata'],
  ),
  member('metadata-keys-lower', 'workflows: member names of `metadata` in lower case', 'metadata', (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toLowerCase(), item]))
      : value,
  ),
  member('metadata-flat', 'workflows: objects within `metadata` become texts', 'metadata', (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, isObject(item) ? JSON.stringify(item) : item]),
        )
      : value,
  ),
  member('criteria-reversed', 'workflows: `criteria` in reverse', 'criteria', (value) =>
    Array.isArray(value) ? value.toReversed() : value,
  ),
  member('criteria-first-only', 'workflows: only the first of the `criteria` is kept', 'criteria', (value) =>
    Array.isArray(value) ? value.slice(0, 1) : value,
  ),
  member('criteria-all-required', 'workflows: `isRequired: false` becomes true', 'criteria', (value) =>
    Array.isArray(value)
      ? value.map((item) => (isObject(item) ? { ...item, isRequired: true } : item))
      : value,
  ),
  member('schedule-emptied', 'workflows: a schedule is kept as `{}`', 'schedule', (value) =>
    isObject(value) ? {} : value,
  ),
  label('label-escaped', 'topics: `&`, `<`, `>` in `label` are HTML-escaped', escaped),
  label('label-ascii', 'topics: accents in `label` are dropped', (text) =>
    text.normalize('NFD').replace(/[\u0080-\uffff]/g, ''),
  ),
  label('label-lower', 'topics: `label` in lower case', (text) => text.toLowerCase()),
  source('source-text-escaped', 'sources: `&`, `<`, `>` in `name` are HTML-escaped', ['name'], escaped),
  source('source-text-mojibake', 'sources: `name` in UTF-8 read as Latin-1', ['name'], doubled),
  source('source-url-query-lost', 'sources: the query of `baseUrl` is lost', ['baseUrl'], (text) =>
    text.replace(/\?.*$/, ''),
  ),
  source('source-url-cut', 'sources: the path of `baseUrl` is lost', ['baseUrl'], (text) =>
    text.replace(/^(\w+:\/\/[^/]+).*$/, '$1'),
  ),
];
