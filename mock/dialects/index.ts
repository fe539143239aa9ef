import { didYouMean } from '../did-you-mean.ts';
import type { Dialect, DialectInfo } from './dialect.ts';
import { bareArrays } from './bare-arrays.ts';
import { behindGateway } from './behind-gateway.ts';
import { busyQueue } from './busy-queue.ts';
import { dataEnvelope } from './data-envelope.ts';
import { edgeCached } from './edge-cached.ts';
import { plain } from './plain.ts';
import { trusting } from './trusting.ts';
import { wrappedRecords } from './wrapped-records.ts';

const catalogue: readonly Dialect[] = [
  plain,
  dataEnvelope,
  bareArrays,
  wrappedRecords,
  busyQueue,
  behindGateway,
  trusting,
  edgeCached,
];

/** Every dialect, the plain one first. */
export const dialects: readonly DialectInfo[] = catalogue.map(({ id, description, freedoms }) => ({
  id,
  description,
  freedoms,
}));

/** The dialect of an id. Throws where there is none, with the nearest id and all ids. */
export function findDialect(id: string): Dialect {
  const found = catalogue.find((dialect) => dialect.id === id);
  if (found === undefined)
    throw new Error(
      didYouMean(
        'dialect',
        id,
        catalogue.map((dialect) => dialect.id),
      ),
    );
  return found;
}
