import type { ErrorObject, ValidateFunction } from 'ajv';
import { pointerPath } from './json-pointer.ts';
import { oneOf, suggest } from './near-miss.ts';
import type { Problem } from './problem.ts';
import { isJsonObject } from './json-object.ts';
import type { Part, Path, SourceText } from './source-text.ts';

/** Keywords whose errors only repeat that something inside them failed. */
const wrapping = new Set(['if', 'propertyNames']);

/** What is wrong with the members and types of a file, by the schema of such files. */
export function shapeProblems(source: SourceText, validate: ValidateFunction): Problem[] {
  if (validate(source.data)) return [];
  const errors = (validate.errors ?? []).filter((error) => !wrapping.has(error.keyword));
  const faults = errors.map((error) => faultOf(error, source.data));
  const meant = new Set(
    faults.flatMap(({ at, suggestion }) =>
      suggestion === undefined ? [] : placeKey([...at.slice(0, -1), suggestion]),
    ),
  );
  const seen = new Set<string>();
  return faults
    .filter((fault) => {
      // A mistyped member is missing under its right name: one mistake, one problem.
      if (fault.missing !== undefined && meant.has(placeKey([...fault.at, fault.missing]))) return false;
      const identity = JSON.stringify([fault.code, fault.at, fault.missing]);
      return seen.size !== seen.add(identity).size;
    })
    .map(({ at, part, missing: _missing, ...rest }) => ({
      severity: 'error',
      ...source.place(at, part),
      ...rest,
    }));
}

interface ShapeFault {
  readonly at: Path;
  readonly part: Part;
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
  /** The member that is missing from what stands at `at`. */
  readonly missing?: string;
}

function placeKey(path: Path): string {
  return path.map(String).join('\0');
}

function faultOf(error: ErrorObject, data: unknown): ShapeFault {
  const at = pointerPath(data, error.instancePath);
  const parameters: Readonly<Record<string, unknown>> = error.params;
  const parent: unknown = error.parentSchema;
  if (error.propertyName !== undefined) {
    const message = `${shown(error.propertyName)} is not a name`;
    return {
      at: [...at, error.propertyName],
      part: 'key',
      code: 'wrong-form',
      message,
      ...expectedOf(parent),
    };
  }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownMember(at, String(parameters['additionalProperty']), parent);
    case 'required': {
      const missing = String(parameters['missingProperty']);
      const message = `the member ${missing} is missing from ${nameOf(at)}`;
      return { at, part: 'key', code: 'missing-member', message, missing };
    }
    case 'enum':
    case 'const':
      return wrongValue(at, parameters, valueAt(data, at));
    case 'type': {
      const expected = `${String(parameters['type'])}${parameters['type'] === 'string' ? ' (in quotes, if it reads as something else)' : ''}`;
      return {
        at,
        part: 'value',
        code: 'wrong-type',
        message: `${nameOf(at)} is ${typeName(valueAt(data, at))}`,
        expected,
      };
    }
    case 'false schema':
      return { at, part: 'key', code: 'misplaced-member', message: `${nameOf(at)} has no meaning here` };
    case 'uniqueItems':
      return {
        at: [...at, Number(parameters['i'])],
        part: 'value',
        code: 'duplicate-item',
        message: `${nameOf(at)} has this item twice`,
      };
    case 'minimum':
    case 'maximum':
      return {
        at,
        part: 'value',
        code: 'out-of-range',
        message: `${nameOf(at)} is ${String(valueAt(data, at))}`,
        ...rangeOf(parent),
      };
    case 'pattern':
      return {
        at,
        part: 'value',
        code: 'wrong-form',
        message: `${nameOf(at)} is ${shown(valueAt(data, at))}`,
        ...expectedOf(parent),
      };
    default:
      return {
        at,
        part: 'value',
        code: 'wrong-form',
        message: `${nameOf(at)} ${error.message ?? 'is wrong'}`,
      };
  }
}

function unknownMember(at: Path, member: string, parent: unknown): ShapeFault {
  const valid = Object.keys(objectAt(parent, 'properties'));
  return {
    at: [...at, member],
    part: 'key',
    code: 'unknown-member',
    message: `${at.length === 0 ? 'the file' : nameOf(at)} has no member ${member}`,
    expected: oneOf(valid),
    ...suggest(member, valid),
  };
}

function wrongValue(at: Path, parameters: Readonly<Record<string, unknown>>, value: unknown): ShapeFault {
  const allowed = parameters['allowedValues'] ?? [parameters['allowedValue']];
  const valid = Array.isArray(allowed) ? allowed.map(String) : [];
  const message = `${nameOf(at)} is ${shown(value)}`;
  return {
    at,
    part: 'value',
    code: 'wrong-value',
    message,
    expected: oneOf(valid),
    ...suggest(String(value), valid),
  };
}

function rangeOf(parent: unknown): { readonly expected: string } {
  const { minimum, maximum } = isJsonObject(parent) ? parent : {};
  return { expected: `${String(minimum)} to ${String(maximum)}` };
}

function expectedOf(parent: unknown): { readonly expected?: string } {
  const description = isJsonObject(parent) ? parent['description'] : undefined;
  return typeof description === 'string' ? { expected: description } : {};
}

function objectAt(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(member) ? member : {};
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );
}

function nameOf(path: Path): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}
