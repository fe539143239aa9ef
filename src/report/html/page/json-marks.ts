/** JSON text laid out for reading, with the places of JSON pointers marked; a text that is cut off is shown as far as it goes. */

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

type Frame = { readonly kind: 'object'; key: string } | { readonly kind: 'array'; index: number };

const token = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/gy;
const indent = '  ';

/**
 * Lays out a body. What is no JSON comes back as it is, in one piece. `pointers` are RFC 6901 pointers; an empty one
 * means the whole.
 */
export function markedJson(body: string, pointers: readonly string[]): readonly Piece[] {
  if (!/^\s*[[{]/.test(body)) return [{ text: body, marked: false }];
  const frames: Frame[] = [];
  const pieces: { text: string; marked: boolean }[] = [];
  const wanted = pointers.filter((pointer) => pointer !== '');
  const put = (text: string, place: readonly Frame[] = frames): void => {
    const here = pathOf(place);
    const marked = wanted.some((pointer) => here === pointer || here.startsWith(`${pointer}/`));
    const last = pieces.at(-1);
    if (last?.marked === marked) last.text += text;
    else pieces.push({ text, marked });
  };
  let expectsKey = false;
  for (const [text] of body.matchAll(token)) {
    const frame = frames.at(-1);
    if (/^\s/.test(text)) continue;
    if (text === '{' || text === '[') {
      put(text);
      frames.push(text === '{' ? { kind: 'object', key: '' } : { kind: 'array', index: 0 });
      expectsKey = text === '{';
      put(`\n${indent.repeat(frames.length)}`);
    } else if (text === '}' || text === ']') {
      frames.pop();
      expectsKey = false;
      put(`\n${indent.repeat(frames.length)}${text}`);
    } else if (text === ',') {
      // What separates two values is part of neither.
      put(text, frames.slice(0, -1));
      if (frame?.kind === 'array') frame.index += 1;
      else if (frame !== undefined) frame.key = '';
      expectsKey = frame?.kind === 'object';
      put(`\n${indent.repeat(frames.length)}`, frames.slice(0, -1));
    } else if (text === ':') {
      put(': ');
      expectsKey = false;
    } else {
      if (expectsKey && frame?.kind === 'object') frame.key = keyOf(text);
      put(text);
    }
  }
  return pieces;
}

function pathOf(frames: readonly Frame[]): string {
  return frames
    .map((frame) => `/${frame.kind === 'object' ? escapePointer(frame.key) : frame.index}`)
    .join('');
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function keyOf(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
