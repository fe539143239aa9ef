/** The reference of `matrix.yaml`, from the schema that checks it. */
import { isJsonObject } from '../contract/json-object.ts';
import { atPointer } from '../contract/json-pointer.ts';
import { markdownCode, markdownTable, markdownText } from '../report/markdown.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A table for the top of the matrix and one for each kind of thing in it. Takes specs/matrix.schema.json. */
export function matrixReference(schema: Schema): string {
  const definitions = objectOf(schema['$defs']);
  const sections = Object.entries(definitions).flatMap(([name, definition]) => {
    const part = objectOf(definition);
    // What only says which of two other parts counts has no members of its own.
    if (part['properties'] === undefined || part['additionalProperties'] !== false) return [];
    return [section(`### ${textOf(part['title'])}`, part, schema, anchorsOf(name, schema))];
  });
  return [section('### The top of the file', schema, schema, ''), ...sections].join('\n\n');
}

function section(heading: string, part: Schema, schema: Schema, where: string): string {
  const required = Array.isArray(part['required']) ? part['required'] : [];
  const rows = Object.entries(objectOf(part['properties'])).map(([name, written]) => {
    const member = resolved(objectOf(written), schema);
    return [
      markdownCode(name),
      required.includes(name) ? 'yes' : '',
      formOf(objectOf(written), schema),
      markdownText(textOf(member['description'])),
    ];
  });
  const about = [textOf(part['description']), where].filter((text) => text !== '').join(' ');
  return [heading, about, markdownTable(['member', 'required', 'form', 'what it is'], rows)].join('\n\n');
}

/** Where a kind of thing stands. */
function anchorsOf(name: string, schema: Schema): string {
  const places = Object.entries(objectOf(schema['properties'])).flatMap(([member, written]) =>
    JSON.stringify(written).includes(`"#/$defs/${name}"`) ? [`\`${member}\``] : [],
  );
  return places.length === 0 ? '' : `Stands in ${places.join(' and ')}.`;
}

/** A reference followed; what stands beside it counts before what it leads to. */
function resolved(written: Schema, schema: Schema): Schema {
  const { $ref: reference, ...own } = written;
  if (typeof reference !== 'string') return written;
  return { ...objectOf(atPointer(schema, reference.replace(/^#/, ''))), ...own };
}

/** The form of a member in a few words. */
function formOf(written: Schema, schema: Schema): string {
  const member = resolved(written, schema);
  const values = member['enum'];
  if (Array.isArray(values)) return values.map((value) => markdownCode(String(value))).join(', ');
  if (member['const'] !== undefined) return markdownCode(JSON.stringify(member['const']));
  if (member['type'] === 'array') return `list of ${plural(formOf(objectOf(member['items']), schema))}`;
  if (member['type'] !== 'object')
    return textOf(member['type']) === 'string' ? 'text' : textOf(member['type']);
  const each = member['additionalProperties'];
  if (isJsonObject(each)) return `map of ${plural(formOf(each, schema))}`;
  const title = textOf(member['title']);
  return member['properties'] === undefined || title === '' ? 'object' : title.toLowerCase();
}

function plural(form: string): string {
  return form === 'text' ? 'texts' : form.startsWith('`') ? form : `${form.replace(/y$/, 'ie')}s`;
}

function objectOf(value: unknown): Schema {
  return isJsonObject(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
