import type { JsonObject } from '../data/model.ts';
import type { Packet } from '../server/packet.ts';
import type { Defect, Hooks } from './defect.ts';
import { erratic, bodies, inner, inputs, isTo, items, must, records, withParameter } from './hooking.ts';

const ids: readonly Defect[] = [
  must(
    'source-of-another-id',
    'id-asked',
    'getMcpServer',
    'A read shows the first source, whatever is asked for.',
    inputs('getMcpServer', (call) =>
      withParameter(call, 'mcpServerId', [...call.tenant.sources.keys()][0] ?? ''),
    ),
  ),
  must(
    'workflow-of-another-id',
    'id-asked',
    'getWorkflow',
    'A read shows the workflow after the one that is asked for.',
    inputs('getWorkflow', (call) =>
      withParameter(
        call,
        'workflowId',
        after([...call.tenant.workflows.keys()], call.parameters['workflowId']),
      ),
    ),
  ),
  must(
    'run-of-another-id',
    'id-asked',
    'getRun',
    'A read shows the run before the one that is asked for.',
    inputs('getRun', (call) =>
      withParameter(
        call,
        'runId',
        after([...call.tenant.runs.keys()].toReversed(), call.parameters['runId']),
      ),
    ),
  ),
  must(
    'topic-of-another-id',
    'id-asked',
    'getTopic',
    'The id of a topic is shown in upper case.',
    records('getTopic', (record) => ({ ...record, id: String(record['id']).toUpperCase() })),
  ),
  must(
    'search-of-another-id',
    'id-asked',
    'getSearch',
    'A read shows the last search.',
    inputs('getSearch', (call) =>
      withParameter(call, 'searchId', [...call.tenant.searches.keys()].at(-1) ?? ''),
    ),
  ),
];

const agreement: readonly Defect[] = [
  must(
    'source-name-differs',
    'list-detail-agree',
    'listMcpServers',
    'The list shows names in upper case.',
    items('listMcpServers', (list) =>
      list.map((row) => ({ ...row, name: String(row['name']).toUpperCase() })),
    ),
  ),
  must(
    'source-url-differs',
    'list-detail-agree',
    'getMcpServer',
    'The record of a source shows another URL.',
    records('getMcpServer', (record) => ({ ...record, base_url: 'https://old.example.com/mcp' })),
  ),
  must(
    'source-url-null-in-list',
    'list-detail-agree',
    'listMcpServers',
    'The list shows no URL for sources that have one.',
    items('listMcpServers', (list) => list.map((row) => ({ ...row, base_url: null }))),
  ),
  must(
    'workflow-name-differs',
    'list-detail-agree',
    'listWorkflows',
    'The list cuts long names.',
    items('listWorkflows', (list) => list.map((row) => ({ ...row, name: String(row['name']).slice(0, 6) }))),
  ),
  must(
    'run-status-differs',
    'list-detail-agree',
    'listRuns',
    'The list shows `pass` for runs that are partial.',
    items('listRuns', (list) =>
      list.map((row) => (row['status'] === 'partial' ? { ...row, status: 'pass' } : row)),
    ),
  ),
  must(
    'run-status-of-detail-differs',
    'list-detail-agree',
    'getRun',
    'The detail shows `fail` for runs that erred.',
    records('getRun', (record) => (record['status'] === 'error' ? { ...record, status: 'fail' } : record)),
  ),
  must(
    'run-workflow-differs',
    'list-detail-agree',
    'getRun',
    'The detail of a run names another workflow.',
    records('getRun', (record, { tenant }) => ({
      ...record,
      workflowId: after([...tenant.workflows.keys()], String(record['workflowId'])),
    })),
  ),
  must(
    'topic-label-differs',
    'list-detail-agree',
    'listTopics',
    'The list shows other labels.',
    items('listTopics', (list) => list.map((row) => ({ ...row, label: `${String(row['label'])}?` }))),
  ),
  must(
    'listed-unreadable',
    'list-detail-agree',
    'listWorkflows',
    'The list has an item that cannot be read.',
    items('listWorkflows', (list) => [
      ...list,
      ...list.slice(0, 1).map((row) => ({ ...row, id: `${String(row['id'])}9` })),
    ]),
  ),
];

const stability: readonly Defect[] = [
  must(
    'list-loses-a-row',
    'read-stable',
    'listMcpServers',
    'Each second list lacks its last row.',
    eachSecond('listMcpServers', (list) => list.slice(0, -1)),
  ),
  must(
    'list-repeats-a-row',
    'read-stable',
    'listWorkflows',
    'Each second list repeats its first row.',
    eachSecond('listWorkflows', (list) => [...list, ...list.slice(0, 1)]),
  ),
  must(
    'list-changes-ids',
    'read-stable',
    'listSearches',
    'Each second list shows other ids.',
    eachSecond('listSearches', (list) => list.map((row) => ({ ...row, id: `${String(row['id'])}b` }))),
  ),
  must('record-changes-shape', 'read-stable', 'getWorkflow', 'Each second record is wrapped.', () => {
    let reads = 0;
    return bodies('getWorkflow', (workflow) => {
      reads += 1;
      return reads % 2 === 0 ? { workflow } : workflow;
    })();
  }),
  erratic(
    must(
      'org-changes-id',
      'read-stable',
      'getOrg',
      'The id of the organization is another at each fourth read.',
      () => {
        let reads = 0;
        return records('getOrg', (record) => {
          reads += 1;
          const organization = inner(record, 'organization');
          return reads % 4 === 0
            ? { ...record, organization: { ...organization, id: `${String(organization['id'])}X` } }
            : record;
        })();
      },
    ),
  ),
];

const independence: readonly Defect[] = [
  erratic(
    must(
      'answers-mixed-up',
      'requests-independent',
      '*',
      'Of two reads at the same moment, both get the answer to the later.',
      mixingUp('*'),
    ),
  ),
  must(
    'org-mixed-up',
    'requests-independent',
    'getOrg',
    'Of two looks at the organization at the same moment, both get the same.',
    mixingUp('getOrg'),
  ),
  must(
    'runs-mixed-up',
    'id-asked',
    'getRun',
    'Of two reads of runs at the same moment, both get the same.',
    mixingUp('getRun'),
  ),
];

/** Defects of one answer against another: ids, lists and records, repeated reads, simultaneous ones. */
export const consistencyDefects: readonly Defect[] = [...ids, ...agreement, ...stability, ...independence];

function after(all: readonly string[], id: string | undefined): string {
  return all[(all.indexOf(id ?? '') + 1) % all.length] ?? '';
}

function eachSecond(
  where: string,
  change: (list: readonly JsonObject[]) => readonly JsonObject[],
): () => Hooks {
  return () => {
    let reads = 0;
    return items(where, (list) => {
      reads += 1;
      return reads % 2 === 0 ? change(list) : list;
    })();
  };
}

/** How long an answer waits for another to be mixed up with; milliseconds. */
const mixingTime = 8;

function mixingUp(where: string): () => Hooks {
  return () => {
    let newest: Packet | undefined;
    return {
      packet: async (call, packet) => {
        if (!isTo(where, call) || call.method !== 'GET' || packet.status !== 200) return packet;
        newest = packet;
        await new Promise((resolve) => setTimeout(resolve, mixingTime));
        return newest;
      },
    };
  };
}
