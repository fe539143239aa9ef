import type { Shape } from './dialect.ts';

/** Shapes of the operations whose body the documentation leaves open, by what the body holds. */
export interface Layout {
  readonly lists: Shape;
  /** Records, by the member that would hold them if they were wrapped. */
  readonly records: (member: string) => Shape;
}

/** Lays out every body that is left open: lists in one way, records in another. */
export function layOut({ lists, records }: Layout): Readonly<Record<string, Shape>> {
  return {
    createMcpServer: records('mcpServer'),
    getMcpServer: records('mcpServer'),
    listWorkflows: lists,
    createWorkflow: records('workflow'),
    getWorkflow: records('workflow'),
    updateWorkflow: records('workflow'),
    listRuns: lists,
    getRun: records('run'),
    listRunToolCalls: lists,
    listTopics: lists,
    getTopic: records('topic'),
    updateTopic: records('topic'),
    listSearches: lists,
    getSearch: records('search'),
  };
}
