import type { AddressInfo } from 'node:net';
import { makeWorld } from './data/world.ts';
import { seeds } from './defects/catalogue.ts';
import type { Defect } from './defects/seed.ts';
import { dialectBook, type Dialect } from './dialects.ts';
import { basePath, makeServer } from './http/server.ts';
import type { KeyName } from './model.ts';

export type { Defect, Dialect };

/** A running deployment. */
export interface Deployment {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<KeyName, string>>;
  close(): Promise<void>;
}

/** The seeded contract breaks. */
export const defects: readonly Defect[] = seeds.map(({ id, fact, where }) => ({ id, fact, where }));

/** The dialects, all of them conformant. */
export const dialects: readonly Dialect[] = dialectBook.map(({ id, freedoms }) => ({ id, freedoms }));

/** Starts a deployment with a state of its own. */
export async function startDeployment(
  options: { dialect?: string; defect?: string } = {},
): Promise<Deployment> {
  const wanted = options.dialect ?? 'baseline';
  const dialect = dialectBook.find(({ id }) => id === wanted);
  if (!dialect) throw new Error(`no such dialect: ${wanted}`);
  const seed = options.defect === undefined ? undefined : seeds.find(({ id }) => id === options.defect);
  if (options.defect !== undefined && !seed) throw new Error(`no such defect: ${options.defect}`);
  const world = makeWorld(dialect.settings);
  const server = makeServer(world, dialect.settings, seed);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}${basePath}`,
    keys: world.tokens,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
