/** A first matrix from a document. */
import { InvalidArgumentError } from 'commander';
import { flag, text, type OptionFacts } from './option.ts';

/** Reads `viewer,editor`: names, from least to most. */
function roleNames(value: string): readonly string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const wrong = names.find((name) => !/^[A-Za-z][A-Za-z0-9_-]*$/.test(name));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`"${wrong}" is no name: a letter, then letters, digits, - and _.`);
  if (new Set(names).size < names.length) throw new InvalidArgumentError('A role is named twice.');
  return names;
}

export const initOptions = {
  fromOpenapi: {
    flags: '--from-openapi <file|url>',
    about: 'an OpenAPI document of version 3.0 or 3.1, JSON or YAML',
    parse: text,
  },
  initDir: {
    flags: '--out <dir>',
    about: 'where matrix.yaml and specs/ are written',
    otherwise: 'the current folder',
    parse: text,
  },
  roles: {
    flags: '--roles <names>',
    about: 'the roles from least to most, with commas between them',
    otherwise: 'asked for on a terminal, else left to be named',
    parse: roleNames,
  },
  force: { flags: '--force', about: 'write over files that are there', parse: flag },
} as const satisfies Record<string, OptionFacts>;
