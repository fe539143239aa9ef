/**
 * Writes the generated parts of README.md and docs/ anew: `npm run docs`. With `--check` it writes nothing and exits 1
 * where a page is not current.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { startMock } from '../dist/mock/index.js';
import { loadContract } from '../dist/src/contract/load.js';
import { failureExcerpt } from '../dist/src/docs/excerpt.js';
import { pageBlocks } from '../dist/src/docs/pages.js';
import { readMeasured } from '../dist/src/report-files/suite-score.js';
import { withBlocks } from '../dist/src/docs/readme-blocks.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = fileURLToPath(new URL('../bin/armature-conformance.js', import.meta.url));

/** The report of a run against a mock that lets revoked keys in. */
async function brokenReport(contract) {
  const mock = await startMock({ defect: 'auth-revoked-counts' });
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  try {
    const env = { PATH: process.env.PATH, COLUMNS: '100' };
    for (const { id, env: name } of Object.values(contract.credentials)) env[name] = mock.keys[id];
    const filter = ['--filter', '*/*/authentication/revoked'];
    const target = ['--base-url', mock.baseUrl, '--profile', 'guarded', '--report-dir', folder];
    const child = spawn(process.execPath, [program, 'run', '--quiet', ...target, ...filter], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let report = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (report += text));
    await once(child, 'close');
    return report;
  } finally {
    await mock.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const contract = await loadContract();
const matrixSchema = JSON.parse(await readFile(join(root, 'specs', 'matrix.schema.json'), 'utf8'));
const measured = await readMeasured();
const excerpt = failureExcerpt(await brokenReport(contract));
for (const [name, generated] of Object.entries(pageBlocks(contract, matrixSchema, measured))) {
  const page = join(root, name);
  const blocks = name === 'README.md' ? { ...generated, excerpt } : generated;
  const before = await readFile(page, 'utf8');
  const config = await resolveConfig(page);
  const after = await format(withBlocks(before, blocks), { ...config, parser: 'markdown' });
  if (!process.argv.includes('--check')) await writeFile(page, after);
  else if (after !== before) {
    console.error(`${name} is not current: npm run docs writes it anew.`);
    process.exitCode = 1;
  }
}
