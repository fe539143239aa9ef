import type { MockModule } from './surroundings.ts';

type Listed = Pick<MockModule, 'axes' | 'dialects' | 'defects'>;

/** What the mock can be made of, for a reader: axes with their values and what leaves them open, dialects, defects. */
export function mockListing({ axes, dialects, defects }: Listed): string {
  const axisLines = axes.map(({ id, open, values }) => `${id} = ${values.join(' | ')}\n    ${open}\n`);
  const dialectLines = dialects.map(({ id, description }) => `${id}\n    ${description}\n`);
  const defectLines = defects.map(
    ({ id, fact, where, description }) => `${id} (${fact}, ${where})\n    ${description}\n`,
  );
  return [
    section(`Axes (${axes.length}); the first value is the plain one`, axisLines),
    section(`Dialects (${dialects.length})`, dialectLines),
    section(`Defects (${defects.length})`, defectLines),
  ].join('\n');
}

/** The same as JSON. */
export function mockListingJson({ axes, dialects, defects }: Listed): string {
  return `${JSON.stringify({ axes, dialects, defects }, null, 2)}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n\n${lines.join('')}`;
}
