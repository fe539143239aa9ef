/** What the refused writes of a run asked for: lists may lag behind, so it is looked for once more at the end. */

/** A write that was refused, and what would show that it was carried out all the same. */
export type RefusedWrite = { readonly caseId: string; readonly resource: string } & (
  { readonly kind: 'create'; readonly marker: string } | { readonly kind: 'archive'; readonly id: string }
);

export interface RefusedWrites {
  book(write: RefusedWrite): void;
  readonly all: readonly RefusedWrite[];
}

/** None yet. */
export function createRefusedWrites(): RefusedWrites {
  const all: RefusedWrite[] = [];
  return {
    book: (write) => void all.push(write),
    get all() {
      return all;
    },
  };
}
