/** Text as HTML, SVG and XML may hold it; hono's template escapes what is put in. */
import { html } from 'hono/html';

/** A piece of markup: what stands in it as a value has been escaped. */
export type Markup = ReturnType<typeof html>;

/**
 * Markup of a template. Values are escaped; markup and lists of markup stay as they are. Takes no promises, so the
 * result is there at once.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return html(strings, ...values);
}

export type MarkupValue = string | number | undefined | Markup | readonly Markup[];

/** The text of markup. */
export function markupText(piece: Markup): string {
  if (piece instanceof Promise) throw new TypeError('markup waits for something');
  return piece.toString();
}

/**
 * Text as XML 1.0 can hold it: what it cannot hold at all, such as control characters and halves of surrogate
 * pairs, is shown as an escape (https://www.w3.org/TR/xml/#charsets).
 */
export function xmlText(text: string): string {
  return text.replaceAll(
    notXml,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const notXml = /(?![\t\n\r])[\ufffe\uffff\p{Cs}\p{Cc}]/gu;
