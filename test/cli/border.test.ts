import { describe, expect, it } from 'vitest';
import { Border } from '../../src/cli/border.ts';
import { UsageError } from '../../src/errors.ts';
import { command } from './in-process.ts';

const secret = 'ThisIsTheSecretPart998877';
const key = `amt_k1_${secret}`;
const escape = '\u001b';

describe('what is told', () => {
  it.each([
    [`${escape}]0;owned\u0007 and \u202etxt`, '\\u001b]0;owned\\u0007 and \\u202etxt'],
    ['::error title=x::by the target', '\\u003a:error title=x::by the target'],
    ['one\n  ::set-output name=x::y', 'one\n  \\u003a:set-output name=x::y'],
    ['a line with ##[error] in it', 'a line with #\\u0023[error] in it'],
    ['a time 12::30, a path C::x', 'a time 12::30, a path C::x'],
    [`the key ${key} of somebody`, 'the key amt_k1_*** of somebody'],
    ['masked already: amt_k1_***, amt_***', 'masked already: amt_k1_***, amt_***'],
    ['https://user:hunter22@a.example/x?y=@z and a@b', 'https://***@a.example/x?y=@z and a@b'],
    ['amt_<key-id>_<secret> is the form of a key', 'amt_<key-id>_<secret> is the form of a key'],
    [
      'amt_viewer is no key, ARMATURE_KEY_VIEWER neither',
      'amt_viewer is no key, ARMATURE_KEY_VIEWER neither',
    ],
  ])('%j is told as %j', (text, told) => {
    expect(new Border().text(text)).toBe(told);
  });
});

describe('what is printed', () => {
  it('has the colours of this tool where there are any, and nothing else that steers a terminal', () => {
    const border = new Border();
    const text = `${escape}[31mred${escape}[39m ${escape}]52;c;eA==\u0007 ${escape}[2J\n\ttab`;
    const rest = ' \\u001b]52;c;eA==\\u0007 \\u001b[2J\n\ttab';
    expect(border.text(text, true)).toBe(`${escape}[31mred${escape}[39m${rest}`);
    expect(border.text(text, false)).toBe(`\\u001b[31mred\\u001b[39m${rest}`);
  });

  it('knows the keys that it was told, and those of another form', () => {
    const border = new Border();
    border.protect(['plainkey-0123456789abcdef']);
    border.protectForm('nts');
    expect(border.text('plainkey-0123456789abcdef nts_a_0123456789 amt_a_0123456789', false)).toBe(
      '*** nts_a_*** amt_a_***',
    );
  });
});

describe('a key where something else belongs', () => {
  const base = ['run', '--base-url', 'http://127.0.0.1:9'];
  it.each([
    ['--keys', [...base, '--keys', key], /The keys file amt_k1_\*\*\* cannot be read: ENOENT\. A key itself/],
    ['--ca', [...base, '--ca', key], /./],
    ['--profile', [...base, '--profile', key], /'--profile <name>' argument 'amt_k1_\*\*\*' is invalid/],
    ['--matrix', [...base, '--matrix', key], /amt_k1_\*\*\*/],
    ['--specs', [...base, '--specs', key], /./],
    ['--known-failures', [...base, '--known-failures', key], /./],
    ['--header', [...base, '--header', key], /./],
    ['--base-url', ['run', '--base-url', key], /no scheme/],
    ['--config', ['run', '--config', key, '--target', 'a'], /amt_k1_\*\*\*/],
    ['--target', ['run', '--target', key], /amt_k1_\*\*\*/],
    ['--dotenv', ['run', '--dotenv', key], /amt_k1_\*\*\*/],
    ['a case', ['explain', key], /amt_k1_\*\*\*/],
    ['a folder', ['report', key], /amt_k1_\*\*\*/],
    ['--filter', ['list', '--filter', key], /amt_k1_\*\*\*/],
    ['a command', [key], /amt_k1_\*\*\*/],
  ])('is told without its secret: %s', async (_what, args, message) => {
    for (const env of [{}, { ARMATURE_KEY_OWNER: key }]) {
      const told = await command(args, env);
      expect(told.exitCode).toBe(2);
      expect(told.stderr).toMatch(message);
      expect(told.stdout + told.stderr).not.toContain(secret);
    }
  });

  it.each([
    [
      '--against',
      ['diff', '--base-url', 'http://127.0.0.1:9', '--against', 'http://user:hunter22@a.example/'],
    ],
    ['--from-openapi', ['init', '--from-openapi', 'http://user:hunter22@127.0.0.1:9/o.json?token=hunter22']],
    ['--from-openapi', ['init', '--from-openapi', 'http://127.0.0.1:9/o.json?token=hunter22']],
    ['--wait-for', [...base, '--start', 'sleep 1', '--wait-for', 'http://user:hunter22@127.0.0.1:9/']],
    ['--wait-for', [...base, '--start', 'sleep 1', '--wait-for', 'ftp://user:hunter22@127.0.0.1:9/']],
    ['a file', ['report', 'http://user:hunter22@a.example/']],
  ])('is no password either: %s', async (_what, args) => {
    const told = await command(args, { ARMATURE_KEY_OWNER: key });
    expect(told.exitCode).toBe(2);
    expect(told.stdout + told.stderr).not.toContain('hunter22');
  });

  it('is in no error that is thrown to a program', () => {
    expect(new UsageError(`${key} is no file.`, `Give ${key}.`)).toMatchObject({
      message: 'amt_k1_*** is no file.',
      hint: 'Give amt_k1_***.',
    });
  });
});
