/** A run as a person sees it: on a terminal, of several widths, and with Ctrl-C in its middle. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from './binary.ts';
import { linesShown } from './screen.ts';

const rows = 24;
const hasTerminals = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

interface Seen {
  readonly code: number | null;
  /** Everything that was written, as it was written. */
  readonly written: string;
  /** What the terminal shows at the end. */
  readonly lines: readonly string[];
}

/** Runs the program on a terminal of its own; types Ctrl-C as soon as `until` has been written, where that is given. */
async function onTerminal(columns: number, args: readonly string[], until?: RegExp): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'terminal-'));
  const words = [process.execPath, program, ...args, '--report-dir', folder];
  const command = `stty cols ${columns} rows ${rows}; exec ${words.map((word) => `'${word}'`).join(' ')}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  let isTyped = false;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (until === undefined || isTyped || !until.test(Buffer.concat(chunks).toString())) return;
    isTyped = true;
    child.stdin.write('\u0003');
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  await rm(folder, { recursive: true, force: true });
  const bytes = Buffer.concat(chunks);
  return { code, written: bytes.toString(), lines: linesShown(bytes, { columns, rows }) };
}

const someCases = ['run', '--target', 'mock', '--filter', 'org/**', 'mcp-servers/*/access/**'];

describe.skipIf(!hasTerminals)('a run on a terminal', { timeout: 120_000, concurrent: true }, () => {
  it.each([60, 80, 140])(
    'leaves nothing of its live line at %i columns, and no line in it',
    async (columns) => {
      const { code, written, lines } = await onTerminal(columns, someCases);
      expect(code).toBe(0);
      expect(written).toMatch(/\d+\/\d+ cases, \d+ requests, 0 failed/);
      const shown = lines.join('\n');
      expect(shown).not.toMatch(/\d+\/\d+ cases, \d+ requests/);
      expect(shown).not.toMatch(/[█░]/);
      // Each of the lines before the first case stands whole, at its beginning.
      for (const start of ['Testing ', 'Organization ', 'insights is enabled.', 'CONFORMANT  ', 'Report: '])
        expect(lines.filter((line) => line.startsWith(start))).toHaveLength(1);
      expect(written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(written.lastIndexOf('\u001B[?25l'));
    },
  );

  it('tells of Ctrl-C on a line of its own, and leaves the terminal as it was', async () => {
    const { code, written, lines } = await onTerminal(80, ['run', '--target', 'mock'], /\d+\/\d+ cases/);
    expect(code).toBe(130);
    expect(lines.filter((line) => line.startsWith('Interrupted: cleaning up'))).toHaveLength(1);
    expect(lines.join('\n')).not.toMatch(/\d+\/\d+ cases, \d+ requests/);
    expect(lines.filter((line) => line.startsWith('INTERRUPTED  '))).toHaveLength(1);
    expect(written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(written.lastIndexOf('\u001B[?25l'));
  });
});
