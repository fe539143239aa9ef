import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { curlLine, shellWord } from '../../src/report/curl.ts';

const run = promisify(execFile);

/** The words that a shell makes of a line, the first of them left out. */
async function wordsOf(line: string): Promise<readonly string[]> {
  const script = `set -- ${line}; shift; for word; do printf '%s\\0' "$word"; done`;
  const { stdout } = await run('sh', ['-c', script], { env: { ARMATURE_KEY_VIEWER: 'amt_k1_s3cret' } });
  return stdout.split('\0').slice(0, -1);
}

describe('curlLine', () => {
  it('is pasted as it stands: the shell gives curl the request, with the key of the environment', async () => {
    const line = curlLine({
      method: 'PATCH',
      url: 'http://127.0.0.1:1/api/x?q=a%20b&r=1',
      headers: [
        ['authorization', 'Bearer amt_k1_***'],
        ['x-odd', `a'b"c$HOME\`id\`\\`],
        ['x-empty', ''],
        ['user-agent', 'not repeated'],
        ['x-request-id', 'not repeated'],
      ],
      body: `{"name":"it's $(id)"}`,
      keyVariable: 'ARMATURE_KEY_VIEWER',
    });
    expect(line).not.toContain('s3cret');
    expect(await wordsOf(line)).toEqual([
      '-sS',
      '-i',
      '-X',
      'PATCH',
      'http://127.0.0.1:1/api/x?q=a%20b&r=1',
      '-H',
      'authorization: Bearer amt_k1_s3cret',
      '-H',
      `x-odd: a'b"c$HOME\`id\`\\`,
      '-H',
      'x-empty;',
      '--data-raw',
      `{"name":"it's $(id)"}`,
    ]);
  });

  it('puts the key into the URL and escapes what stands beside it', async () => {
    const line = curlLine({
      method: 'GET',
      url: 'http://127.0.0.1:1/x?n=$HOME&key=amt_k1_***&more="`id`',
      headers: [],
      keyVariable: 'ARMATURE_KEY_VIEWER',
    });
    expect(await wordsOf(line)).toContain('http://127.0.0.1:1/x?n=$HOME&key=amt_k1_s3cret&more="`id`');
  });

  it('leaves the mask where no variable is known', () => {
    const line = curlLine({
      method: 'GET',
      url: 'http://a/b',
      headers: [['authorization', 'Bearer amt_k1_***']],
    });
    expect(line).toBe(`curl -sS -i http://a/b -H 'authorization: Bearer amt_k1_***'`);
  });

  it('keeps curl from reading brackets as a pattern', () => {
    expect(curlLine({ method: 'GET', url: 'http://a/b?c[0]=1', headers: [] })).toContain(' -g ');
  });
});

describe('shellWord', () => {
  it.each(['plain', '', `it's`, 'a b', '$HOME', '`id`', 'a\nb', '*', '!x', '~', '\\', '#', 'a;b', '"'])(
    'keeps %j whole',
    async (text) => {
      expect(await wordsOf(`curl ${shellWord(text)}`)).toEqual([text]);
    },
  );
});

function keyHeaderLine(value: string): string {
  const headers = [['x-api-key', value]] as const;
  return curlLine({ method: 'GET', url: 'http://host/', headers, keyVariable: 'NOTES_KEY' });
}

it('puts the variable in place of a key that has no form of its own', () => {
  expect(keyHeaderLine('***')).toContain('-H "x-api-key: ${NOTES_KEY}"');
  expect(keyHeaderLine('Token ***')).toContain('-H "x-api-key: Token ${NOTES_KEY}"');
  expect(keyHeaderLine('a***b')).toContain("'x-api-key: a***b'");
});
