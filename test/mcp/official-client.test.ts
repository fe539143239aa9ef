/** The official client SDK talks to the second door of the mock. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMock, type Mock } from '../../mock/index.ts';

const dialects = ['plain', 'mcp.sessions=given,mcp.answers=events', 'mcp.eras=modern', 'mcp.listPages=three'];

describe.each(dialects)('the official client on %s', (dialect) => {
  let mock: Mock;
  const clients: Client[] = [];

  beforeAll(async () => {
    mock = await startMock({ dialect });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await mock.close();
  });

  async function connected(key: string): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const url = new URL(mock.baseUrl.replace('/api/armature/v1', '/api/mcp'));
    const headers = { authorization: `Bearer ${mock.keys[key] ?? ''}` };
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    clients.push(client);
    return client;
  }

  it('finds ten tools, calls one, reads a resource and fetches a prompt', async () => {
    const client = await connected('viewer');
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      names.push(...page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(names).size).toBe(10);
    const found = await client.callTool({ name: 'search_runs', arguments: { limit: 3 } });
    expect(found.structuredContent).toMatchObject({ runs: [{}, {}, {}] });
    const { contents } = await client.readResource({ uri: 'armature://catalog/models' });
    expect(contents).toHaveLength(1);
    const { messages } = await client.getPrompt({ name: 'design_workflow_suite' });
    expect(messages).toHaveLength(1);
  });

  it('is refused what the role of its key may not do', async () => {
    const client = await connected('viewer');
    await expect(
      client.callTool({ name: 'run_workflow_now', arguments: { workflowId: 'any' } }),
    ).rejects.toThrow('may not');
  });

  it('gets nowhere without a good key', async () => {
    await expect(connected('revoked')).rejects.toThrow(/./);
  });
});
