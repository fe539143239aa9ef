import { Kept } from '../data/kept.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** The deployment as lists see it: where they lag behind, its clock does. */
export function asListed(deployment: Deployment): Deployment {
  const { lagMs } = deployment.dialect.lists;
  return lagMs === 0 ? deployment : { ...deployment, now: () => deployment.now() - lagMs };
}

/** What a list has to choose from: what there is, or was at the time that lists have come to. */
export function listed<T>(things: ReadonlyMap<string, T>, deployment: Deployment): readonly T[] {
  const { dialect, now } = deployment;
  if (dialect.lists.lagMs === 0 || !remembers(things)) return [...things.values()];
  return things.asOf(now() - dialect.lists.lagMs);
}

function remembers<T>(things: ReadonlyMap<string, T>): things is Kept<T> {
  return things instanceof Kept;
}
