import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownFacts } from '../../src/contract/known-facts.ts';
import { loadContract, readContract } from '../../src/contract/load.ts';
import { ContractError, renderProblems } from '../../src/contract/problem.ts';

const foreignMatrix = `schemaVersion: 1
api: { title: Library, version: '2', basePath: '', keyPrefix: lib }
roles: [reader, librarian]
credentials:
  reader: { kind: role, role: reader, env: LIB_KEY_READER, key: reader, about: a reader }
  librarian: { kind: role, role: librarian, env: LIB_KEY_LIBRARIAN, key: librarian, about: a librarian }
references: { manual: the manual of the library }
errors:
  bad: { status: 422, about: the body is wrong }
  whoAreYou: { status: 401, code: who, about: no valid key }
  notYours: { status: 403, about: not for readers }
  gone: { status: 404, about: no such book }
errorSchema: fault.schema.json
resources:
  book: { surface: books, list: books, create: addBook, read: book, id: [id], items: [books], cleanup: never }
operations:
  books:
    surface: books
    summary: all books
    method: GET
    path: /books
    effect: read
    roles: { reader: allowed, librarian: allowed }
    success: { status: 200, schema: any.schema.json }
    errors: [whoAreYou]
    level: must
    reference: manual
  book:
    surface: books
    summary: one book
    method: GET
    path: /books/{isbn}
    effect: read
    roles: { reader: allowed, librarian: allowed }
    parameters: { isbn: { in: path, resource: book } }
    success: { status: 200, schema: any.schema.json }
    errors: [whoAreYou, gone]
    level: must
    reference: manual
  addBook:
    surface: books
    summary: a new book
    method: PUT
    path: /books
    effect: create
    roles: { reader: denied, librarian: allowed }
    request: any.schema.json
    success: { status: 201, schema: any.schema.json }
    errors: [whoAreYou, notYours, bad]
    level: should
    reference: manual
`;

describe('the contract of this package', () => {
  test('has its operations in the order of the matrix, each with its place', async () => {
    const contract = await loadContract();
    expect(contract.operations).toHaveLength(24);
    expect(contract.operations[0]).toMatchObject({
      id: 'getOrg',
      keyless: false,
      position: { file: 'matrix.yaml', column: 3 },
    });
    const lines = contract.operations.map(({ position }) => position.line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  test('derives the level of a fact from its standing', async () => {
    const { facts } = await loadContract();
    const levels = Object.values(facts).map(({ standing, level }) => `${standing} ${level}`);
    expect(new Set(levels)).toEqual(new Set(['documented must', 'rfc should']));
  });

  test('states every fact that cases test, and no other', async () => {
    const { facts } = await loadContract();
    expect(Object.keys(facts).toSorted()).toEqual([...knownFacts].toSorted());
  });

  test('has a digest that only its texts decide', async () => {
    const [first, second] = await Promise.all([loadContract(), loadContract()]);
    expect(first.digest).toBe(second.digest);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('leaves the schemas of the suite itself out', async () => {
    const { schemas } = await loadContract();
    expect(Object.keys(schemas)).not.toContain('matrix.schema.json');
    expect(Object.keys(schemas)).toContain('error.schema.json');
  });
});

describe('another API', () => {
  let folder: string;
  const specs = (): string => join(folder, 'specs');
  const matrix = (): string => join(folder, 'library.yaml');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'library-'));
    await mkdir(specs());
    await writeFile(matrix(), foreignMatrix);
    for (const name of ['any', 'fault']) {
      await writeFile(
        join(specs(), `${name}.schema.json`),
        `{ "$id": "${name}.schema.json", "type": "object" }`,
      );
    }
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('loads without facts and features, and without a problem', async () => {
    const linted = await readContract({ matrix: matrix(), specs: specs() });
    expect(linted.problems).toEqual([]);
    const contract = await loadContract({ matrix: matrix(), specs: specs() });
    expect(contract).toMatchObject({ facts: {}, features: {}, roles: ['reader', 'librarian'] });
    expect(contract.operations.map(({ id, position }) => [id, position.file])).toEqual(
      ['books', 'book', 'addBook'].map((id) => [id, matrix()]),
    );
  });

  test('tells each of its texts in one line, however it is written down', async () => {
    const [title, summary] = ['title: "Li\\nbrary\\n::error::x"', 'summary: "all\\n  books"'];
    await writeFile(
      matrix(),
      foreignMatrix.replace('title: Library', title).replace('summary: all books', summary),
    );
    const contract = await loadContract({ matrix: matrix(), specs: specs() });
    expect(contract.api.title).toBe('Li brary ::error::x');
    expect(contract.operations[0]?.summary).toBe('all books');
  });

  test('has another digest after a change of a schema', async () => {
    const before = await loadContract({ matrix: matrix(), specs: specs() });
    await writeFile(join(specs(), 'any.schema.json'), '{ "$id": "any.schema.json" }');
    const after = await loadContract({ matrix: matrix(), specs: specs() });
    expect(after.digest).not.toBe(before.digest);
  });

  test('is refused with all its problems, which read as file:line:column', async () => {
    const broken = foreignMatrix
      .replace('reader: denied', 'raeder: denied')
      .replace('[whoAreYou, gone]', '[gone]');
    await writeFile(matrix(), broken);
    const loading = loadContract({ matrix: matrix(), specs: specs() });
    const error: unknown = await loading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    const problems = error instanceof ContractError ? error.problems : [];
    expect(renderProblems(problems, folder).split('\n')).toEqual([
      'library.yaml:37:5  error  missing-error  book needs a key, so its errors name the one for that (expected whoAreYou)',
      'library.yaml:46:14  error  unknown-role  the matrix has no role raeder (expected one of reader, librarian; did you mean "reader"?)',
    ]);
  });

  test('says which file is not there', async () => {
    const linted = await readContract({ matrix: join(folder, 'none.yaml'), specs: join(folder, 'none') });
    expect(renderProblems(linted.problems, folder).split('\n')).toEqual([
      'none.yaml  error  unreadable  the matrix cannot be read: ENOENT',
      'none  error  unreadable  the folder of schemas cannot be read: ENOENT',
    ]);
  });
});
