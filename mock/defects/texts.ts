import type { JsonObject } from '../data/model.ts';
import type { Defect, Hooks } from './defect.ts';
import { bodies, inputs, must, withMembers } from './hooking.ts';

const writes = ['createMcpServer', 'createWorkflow', 'updateWorkflow', 'updateTopic'];

/** Defects of what becomes of a text on its way in or out. */
export const textDefects: readonly Defect[] = [
  must(
    'text-escaped',
    'text-whole',
    '*',
    'A text is kept with the entities of HTML.',
    texts(writes, (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  ),
  must(
    'text-latin1',
    'text-whole',
    '*',
    'A text is read as Latin-1.',
    texts(writes, (text) => Buffer.from(text, 'utf8').toString('latin1')),
  ),
  must(
    'text-ascii-only',
    'text-whole',
    '*',
    'What is not ASCII becomes a question mark.',
    texts(writes, (text) => text.replace(/[^\x20-\x7e\s]/g, '?')),
  ),
  must(
    'text-no-emoji',
    'text-whole',
    'createWorkflow',
    'Characters beyond the basic plane are dropped.',
    texts(['createWorkflow'], (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '')),
  ),
  must(
    'text-cut',
    'text-whole',
    'createWorkflow',
    'A text is cut after 255 characters.',
    texts(['createWorkflow'], (text) => text.slice(0, 255)),
  ),
  must(
    'text-spaces-collapsed',
    'text-whole',
    'createWorkflow',
    'Line breaks and spaces become one space.',
    texts(['createWorkflow'], (text) => text.replace(/\s+/g, ' ')),
  ),
  must(
    'text-decomposed',
    'text-whole',
    'updateTopic',
    'The label of a topic is decomposed.',
    texts(['updateTopic'], (text) => text.normalize('NFD')),
  ),
  must(
    'text-unquoted',
    'text-whole',
    'updateWorkflow',
    'Quotes are dropped.',
    texts(['updateWorkflow'], (text) => text.replace(/["']/g, '')),
  ),
  must(
    'text-backslashes',
    'text-whole',
    'createWorkflow',
    'Backslashes are doubled.',
    texts(['createWorkflow'], (text) => text.replaceAll('\\', '\\\\')),
  ),
  must(
    'text-escaped-on-read',
    'text-whole',
    'getWorkflow',
    'A read shows the entities of HTML.',
    bodies('getWorkflow', (body) =>
      mapTexts(body, (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    ),
  ),
];

function texts(where: readonly string[], change: (text: string) => string): () => Hooks {
  return inputs(where, (call) => withMembers(call, (members) => mapTexts(members, change)));
}

/** Changes the texts of an object that are no ids or URLs. */
function mapTexts(members: JsonObject, change: (text: string) => string): JsonObject {
  const freeTexts = ['name', 'description', 'testerPrompt', 'label'];
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      typeof value === 'string' && freeTexts.includes(name) ? change(value) : value,
    ]),
  );
}
