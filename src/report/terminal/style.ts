import picocolors from 'picocolors';

/** How a terminal marks up text; each function gives its text unchanged where colours are off. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly command: (text: string) => string;
}

/** The style of a terminal with colours, or of a place without. */
export function createStyle(colors: boolean): Style {
  const { green, red, yellow, dim, bold, cyan } = picocolors.createColors(colors);
  return { good: green, bad: red, warning: yellow, faint: dim, strong: bold, command: cyan };
}
