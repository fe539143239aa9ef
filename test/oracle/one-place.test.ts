/** The oracle is the only place that knows which answer is lawful: a family describes a situation, no statuses. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { planCases } from '../../src/plan/plan.ts';

const root = join(import.meta.dirname, '..', '..');

async function sourcesIn(folder: string): Promise<readonly (readonly [file: string, text: string])[]> {
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(
      async (name) => [`${folder}/${name}`, await readFile(join(root, folder, name), 'utf8')] as const,
    ),
  );
}

/** A status in code, not in a text for people: `status: 404`, `=== 400`, `'4xx'`. */
const statusInCode = /(?:status\w*\s*[:=!]==?\s*|status:\s*|[=!]==\s*)['"]?[2-5](?:\d\d|xx)\b/;

it.each(['src/plan', 'src/plan/families', 'src/execute', 'src/execute/scenarios'])(
  'in %s no status is held against an answer',
  async (folder) => {
    const exempt = new Set([
      'src/execute/collect-answer.ts',
      'src/execute/rate-limit.ts',
      'src/execute/organization-plan.ts',
    ]);
    const found = (await sourcesIn(folder)).flatMap(([file, text]) =>
      exempt.has(file)
        ? []
        : text
            .split('\n')
            .flatMap((line, index) =>
              statusInCode.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
            ),
    );
    expect(found).toEqual([]);
  },
);

it('each case of one request is in a situation of its own operation', async () => {
  for (const { id, check } of planCases(await loadContract(), { seed: 1 })) {
    if (check.kind !== 'exchange') continue;
    expect(check.situation.operation, id).toBe(check.request.operation);
  }
});
