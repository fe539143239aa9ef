/** The form of an id in a few words, without a trace of the id itself. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `UUID`, `ULID`, `a number`, `wf_ and a text` …; lengths are left out, for they grow. */
export function formOfId(id: string): string {
  const [, prefix, rest] = /^([A-Za-z]{2,12}[_-])(.+)$/.exec(id) ?? [];
  if (prefix !== undefined && rest !== undefined && !uuid.test(id)) return `${prefix} and ${plainForm(rest)}`;
  return plainForm(id);
}

function plainForm(text: string): string {
  if (uuid.test(text)) return 'a UUID';
  if (/^\d+$/.test(text)) return 'a number';
  if (/^[0-9A-HJKMNP-TV-Z]{26}$/.test(text)) return 'a ULID';
  if (/^[0-9a-f]{16,}$/.test(text)) return 'hexadecimal digits';
  if (/^[0-9A-Za-z]+$/.test(text)) return 'letters and digits';
  return 'a text';
}
