import { ids, paging, shapes } from './bodies.ts';
import { freedomsOf, type Fingerprint } from './fingerprint.ts';
import { afterArchive, replays } from './lifecycle.ts';
import type { Observed, Reader } from './observed.ts';
import { choices, errorBodies, orderOfChecks } from './refusals.ts';
import { challenges, headers, transport } from './transport.ts';

const readers: readonly Reader[] = [
  orderOfChecks,
  errorBodies,
  choices,
  afterArchive,
  replays,
  ids,
  shapes,
  paging,
  transport,
  challenges,
  headers,
];

/** The fingerprint of a deployment, from a run that kept every exchange. Pure. */
export function readFingerprint(observed: Observed, credentials: Iterable<string>): Fingerprint {
  const { contract, results } = observed;
  return {
    fingerprint: 1,
    api: { title: contract.api.title, version: contract.api.version },
    profile: results.profile,
    credentials: [...credentials].toSorted(),
    freedoms: freedomsOf(readers.flatMap((read) => read(observed))),
  };
}
