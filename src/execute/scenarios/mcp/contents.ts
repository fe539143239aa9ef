/** What holds for the contents of every resource and the messages of every prompt. */
import { isObject } from '../../../check/members.ts';
import type { Reply } from '../../../mcp/door.ts';
import type { CaseContext } from '../../case-context.ts';

/** Adds what is wrong with a resource that was read: it has contents. */
export function checkResource(context: CaseContext, { taken, sent }: Reply): void {
  if (taken.kind !== 'done') return;
  const { contents } = taken.result;
  const texts = Array.isArray(contents) ? contents.filter(isObject) : [];
  if (texts.some(({ text, blob }) => typeof text === 'string' || typeof blob === 'string')) return;
  context.fail(
    'mcp-resource',
    'schema',
    'The resource that was read has no contents.',
    { expected: 'contents with a text or a blob', actual: JSON.stringify(contents ?? null).slice(0, 200) },
    sent,
  );
}

/** The kinds of content that a message may have (prompts, revision 2025-11-25). */
const kinds = new Set(['text', 'image', 'audio', 'resource', 'resource_link']);

/** Adds what is wrong with the messages of a prompt, as the specification has them. */
export function checkPrompt(context: CaseContext, { taken, sent }: Reply): void {
  if (taken.kind !== 'done') return;
  const { messages } = taken.result;
  const all = Array.isArray(messages) ? messages : [];
  const good = all.every((message) => {
    if (!isObject(message)) return false;
    const { role, content } = message;
    return (
      (role === 'user' || role === 'assistant') && isObject(content) && kinds.has(String(content['type']))
    );
  });
  if (all.length > 0 && good) return;
  context.fail(
    'mcp-transport',
    'schema',
    'A prompt has messages, each with a role and a content.',
    { expected: 'messages of user or assistant', actual: JSON.stringify(messages ?? null).slice(0, 200) },
    sent,
  );
}

/** The first text of a resource that was read. */
export function textOfResource({ taken }: Reply): string | undefined {
  if (taken.kind !== 'done') return undefined;
  const { contents } = taken.result;
  const texts = Array.isArray(contents) ? contents.filter(isObject).map(({ text }) => text) : [];
  return texts.find((text): text is string => typeof text === 'string');
}
