/** A fingerprint as a YAML file, and back. */
import { stringify } from 'yaml';
import { sections, type Fingerprint, type Seen, type Subjects } from './fingerprint.ts';

/** How the file has it: one value stands for itself. */
type Written = string | Seen;
type WrittenSection = Readonly<Record<string, Readonly<Record<string, Written>>>>;

/** The file of a fingerprint, by specs/fingerprint.schema.json. */
export interface FingerprintFile extends Omit<Fingerprint, 'freedoms'> {
  readonly freedoms: Readonly<Record<string, WrittenSection>>;
}

/** YAML with the sections in their order, each with what it tells, and everything below sorted. */
export function fingerprintYaml(fingerprint: Fingerprint): string {
  const { freedoms, ...head } = fingerprint;
  const parts = sections.flatMap(({ name, about }) => {
    const subjects = writtenSection(freedoms[name] ?? {});
    if (Object.keys(subjects).length === 0) return [];
    const text = stringify({ [name]: subjects }, { lineWidth: 0, flowCollectionPadding: false });
    return [`# ${about}`, text.trimEnd()];
  });
  return [
    '# Which of the freedoms that the documentation leaves open a deployment uses. No value of a body, no time, no count.',
    stringify(head).trimEnd(),
    'freedoms:',
    ...parts.flatMap((part) => part.split('\n').map((line) => (line === '' ? line : `  ${line}`))),
    '',
  ].join('\n');
}

function writtenSection(section: Subjects): WrittenSection {
  return mapped(section, (operations) =>
    mapped(operations, (seen): Written => (seen.length === 1 ? (seen[0] ?? []) : seen)),
  );
}

/** The fingerprint that a file holds. */
export function fromFile({ freedoms, ...head }: FingerprintFile): Fingerprint {
  const read = mapped(freedoms, (subjects) =>
    mapped(subjects, (operations) =>
      mapped(operations, (written): Seen => (typeof written === 'string' ? [written] : written)),
    ),
  );
  return { ...head, freedoms: read };
}

function mapped<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
