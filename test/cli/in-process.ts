/** The command line within the test's own process, with surroundings of the test's making. */
import { PassThrough } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import { Output, type MockModule, type Surroundings } from '../../src/cli/surroundings.ts';

export interface Told {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Scene {
  readonly surroundings: Surroundings;
  readonly output: Output;
  /** What was written so far. */
  readonly told: () => Omit<Told, 'exitCode'>;
}

/** A mock that cannot be started: for commands that have no business with one. */
const noMock: MockModule = {
  startMock: () => Promise.reject(new Error('this test starts no mock')),
  axes: [{ id: 'runs.order', open: 'The order of runs.', values: ['newest', 'oldest'] }],
  dialects: [
    { id: 'plain', description: 'Plain.' },
    { id: 'enveloped', description: 'Enveloped.' },
  ],
  readPoint: (text) =>
    text === 'plain'
      ? { kind: 'point', values: {} }
      : { kind: 'unknown', what: 'dialect', word: text, known: ['plain', 'enveloped'] },
  defects: [
    {
      id: 'revoked-key-accepted',
      fact: 'auth-revoked',
      where: '*',
      description: 'It counts.',
      level: 'must',
    },
  ],
  url: 'file:///nowhere/mock.js',
};

/** Surroundings without a terminal, with the given environment alone. */
export function scene(env: Surroundings['env'] = {}, mock: MockModule = noMock): Scene {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const surroundings: Surroundings = {
    env,
    cwd: process.cwd(),
    stdin: new PassThrough(),
    stdout,
    stderr,
    loadMock: () => Promise.resolve(mock),
  };
  const told = (): Omit<Told, 'exitCode'> => ({ stdout: read(stdout), stderr: read(stderr) });
  return { surroundings, output: new Output(surroundings), told };
}

/** Carries out a command line and gives all that it told. */
export async function command(args: readonly string[], env: Surroundings['env'] = {}): Promise<Told> {
  const { surroundings, told } = scene(env);
  const exitCode = await main(args, surroundings);
  return { exitCode, ...told() };
}

function read(stream: PassThrough): string {
  return String(stream.read() ?? '');
}
