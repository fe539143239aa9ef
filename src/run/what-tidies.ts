import type { Resource } from '../contract/types.ts';

/** True for what a run can make and archive. */
export function isArchivable({ create, archive, cleanup }: Resource): boolean {
  return create !== undefined && archive !== undefined && cleanup === 'archive';
}

/** True for what a run can change and not make, and whose name it marks when it does. */
export function isShared({ create, update, read, name }: Resource): boolean {
  return create === undefined && update !== undefined && read !== undefined && name !== undefined;
}
