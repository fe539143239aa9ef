/** JSON text laid out for reading, with the places of JSON pointers marked; a text that is cut off is shown as far as it goes. */

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

type Frame = { readonly kind: 'object'; key: string } | { readonly kind: 'array'; index: number };

const token = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/gy;
const indent = '  ';

/** What a report adds to a body of which it holds the first part only. */
const cutNote = /\n… \(\d+ of \d+ bytes\)$/;

/**
 * Lays out a body. What is neither JSON nor the first part of a longer text comes back as it is, in one piece: its
 * every character may be what is wrong with it. `pointers` are RFC 6901 pointers; an empty one, the whole, marks nothing.
 */
export function markedJson(body: string, pointers: readonly string[]): readonly Piece[] {
  const note = cutNote.exec(body)?.[0] ?? '';
  const text = body.slice(0, body.length - note.length);
  if (!/^\s*[[{]/.test(text) || (note === '' && !isJson(text))) return [{ text: body, marked: false }];
  return [...layOut(text, pointers), ...(note === '' ? [] : [{ text: note, marked: false }])];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function layOut(body: string, pointers: readonly string[]): readonly Piece[] {
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
