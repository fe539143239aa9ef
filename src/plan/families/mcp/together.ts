/** What both doors show of one thing, and the rules of the second: a row for each case. */
import type { McpContract } from '../../../contract/types.ts';
import type { PlanContext, ScenarioFields } from '../../case.ts';
import { credentialOfKind, roleCredentials } from '../../request.ts';
import type { Case, Family, Profile } from '../../types.ts';
import { mcpCase, mcpOf, operationIn } from './mcp-case.ts';

interface Row {
  readonly operation: string;
  readonly family: Family;
  readonly what: string;
  readonly title: string;
  readonly facts: readonly string[];
  readonly scenario: string;
  readonly steps: readonly string[];
  /** Whose key asks: the least or the highest role that may, each role, or another organization's. */
  readonly by: 'least' | 'highest' | 'each' | 'other';
  readonly profile?: Profile;
  readonly footprint?: Case['footprint'];
  readonly parameters?: ScenarioFields['parameters'];
}

const own = { create: 1, archive: 1 } as const;

const lifecycle: readonly Row[] = [
  {
    operation: 'propose_workflow_patch',
    family: 'lifecycle',
    what: 'staged',
    title: 'a proposal changes nothing and can be read',
    facts: ['mcp-proposal-changes-nothing', 'mcp-proposal-readable'],
    scenario: 'mcp-staged',
    steps: [
      'a proposal staged on a workflow of the run',
      'REST shows the same version',
      'it is read as a resource',
    ],
    by: 'each',
    profile: 'full',
    footprint: { ...own, create: 2 },
    parameters: { proposals: 1 },
  },
  {
    operation: 'apply_workflow_change',
    family: 'lifecycle',
    what: 'versions',
    title: 'an applied proposal is a new version over REST',
    facts: ['mcp-apply-new-version'],
    scenario: 'mcp-versions',
    steps: [
      'a proposal applied',
      'REST shows another version, and what was proposed',
      'an update over REST makes one more',
    ],
    by: 'least',
    profile: 'full',
    footprint: { ...own, create: 2, update: 2 },
    parameters: { proposals: 1 },
  },
  {
    operation: 'propose_workflow_patch',
    family: 'lifecycle',
    what: 'applied-by-another',
    title: 'a proposal of one role is applied by another',
    facts: ['mcp-proposal-readable'],
    scenario: 'mcp-applied-by-another',
    steps: ['a proposal staged by the least role', 'applied by the highest'],
    by: 'least',
    profile: 'full',
    footprint: { ...own, create: 2, update: 1 },
    parameters: { proposals: 1 },
  },
];

const dispatches: readonly Row[] = [
  {
    operation: 'run_workflow_now',
    family: 'dispatch',
    what: 'found-over-rest',
    title: 'what is dispatched over MCP is found over REST',
    facts: ['mcp-dispatch'],
    scenario: 'mcp-found-over-rest',
    steps: ['dispatched over MCP', 'read over REST by its id, and in the list of its workflow'],
    by: 'least',
    profile: 'full',
    footprint: { ...own, dispatch: 1 },
  },
  {
    operation: 'search_runs',
    family: 'dispatch',
    what: 'found-over-mcp',
    title: 'what is dispatched over REST is found over MCP',
    facts: ['mcp-dispatch'],
    scenario: 'mcp-found-over-mcp',
    steps: ['dispatched over REST', 'found by search_runs and inspect_run'],
    by: 'highest',
    profile: 'full',
    footprint: { ...own, dispatch: 1 },
  },
  {
    operation: 'run_workflow_now',
    family: 'dispatch',
    what: 'idempotent',
    title: 'the same idempotency key is one run',
    facts: ['mcp-dispatch-idempotent'],
    scenario: 'mcp-idempotent',
    steps: ['dispatched twice at the same moment with one key: one run id'],
    by: 'least',
    profile: 'full',
    footprint: { ...own, dispatch: 2 },
  },
  {
    operation: 'inspect_run',
    family: 'consistency',
    what: 'finished-alike',
    title: 'a finished run is the same through both doors',
    facts: ['mcp-dispatch'],
    scenario: 'mcp-finished-alike',
    steps: ['a finished run read over REST and inspected over MCP: one status'],
    by: 'highest',
  },
];

const rules: readonly Row[] = [
  row(
    'endpoint',
    'consistency',
    'tools-listed',
    'each tool that a role may call is listed',
    'mcp-listed',
    'each',
  ),
  row('endpoint', 'consistency', 'prompts-listed', 'both prompts are listed', 'mcp-prompt', 'each'),
  {
    ...row(
      'endpoint',
      'consistency',
      'tool-entries',
      'each tool says what it is',
      'mcp-annotations',
      'highest',
    ),
    facts: ['mcp-annotations', 'mcp-telemetry'],
  },
  {
    ...row('inspect_run', 'consistency', 'telemetry', 'telemetry changes nothing', 'mcp-telemetry', 'least'),
    scenario: 'mcp-telemetry',
  },
  row('models', 'not-found', 'other-uris', 'other URIs are no resources', 'mcp-resource', 'least'),
  row('workflow_schema', 'consistency', 'workflow-schema', 'it is a JSON Schema', 'mcp-transport', 'least'),
  row('endpoint', 'not-found', 'unknown-prompt', 'a prompt that there is not', 'mcp-prompt', 'least'),
  {
    ...row('endpoint', 'robustness', 'transport', 'the rules of the revision', 'mcp-transport', 'least'),
    facts: ['mcp-transport', 'mcp-json-rpc'],
  },
  ...['limit', 'status', 'workflowId', 'before', 'after'].map((filter) => ({
    ...row('search_runs', 'query', filter, `${filter} filters`, 'mcp-filter', 'least'),
    scenario: 'mcp-filtered',
    parameters: { filter },
  })),
];

function row(
  operation: string,
  family: Family,
  what: string,
  title: string,
  fact: string,
  by: Row['by'],
): Row {
  return { operation, family, what, title, facts: [fact], scenario: `mcp-${what}`, steps: [title], by };
}

const failures: readonly Row[] = [
  ...['inspect_run', 'diagnose_run', 'run_trace'].map((operation) => ({
    ...row(operation, 'not-found', 'unknown-id', 'a run that there is not', 'mcp-failure', 'least'),
    facts: ['mcp-failure', 'mcp-failure-channel'],
  })),
  ...['apply_workflow_change', 'proposal'].map((operation) => ({
    ...row(operation, 'not-found', 'unknown-id', 'a proposal that there is not', 'mcp-failure', 'highest'),
    facts: ['mcp-failure', 'mcp-failure-channel'],
    profile: 'full' as const,
    footprint: { ...own, create: 2, update: 1 },
    parameters: { proposals: 1 },
  })),
  {
    ...row(
      'propose_workflow_patch',
      'validation',
      'invalid-argument',
      'a proposal of nothing',
      'mcp-failure',
      'highest',
    ),
    facts: ['mcp-failure', 'mcp-failure-channel'],
    profile: 'full',
    footprint: { ...own, create: 2 },
    parameters: { proposals: 1 },
  },
  {
    ...row(
      'run_workflow_now',
      'validation',
      'secret-argument',
      'a secret in an argument',
      'mcp-secret-arguments',
      'highest',
    ),
    profile: 'full',
    footprint: { ...own, dispatch: 1 },
  },
];

const isolation: readonly Row[] = [
  ...[
    'search_runs',
    'inspect_run',
    'diagnose_run',
    'compare_runs',
    'draft_regression_workflow_from_run',
    'run_trace',
    'coverage',
  ].map((operation): Row => ({
    ...row(
      operation,
      'isolation',
      'other-organization',
      'the key of another organization',
      'mcp-isolation',
      'other',
    ),
    scenario: 'mcp-isolated',
    ...(operation.startsWith('draft') ? { profile: 'full', footprint: { create: 1 } } : {}),
  })),
  ...[
    'propose_workflow_patch',
    'apply_workflow_change',
    'run_workflow_now',
    'sync_mcp_server_capabilities',
    'proposal',
  ].map((operation): Row => ({
    ...row(
      operation,
      'isolation',
      'other-organization',
      'the key of another organization',
      'mcp-isolation',
      'other',
    ),
    scenario: 'mcp-isolated',
    profile: 'full',
    footprint: { ...own, create: 3, update: 1, ...(operation === 'run_workflow_now' ? { dispatch: 1 } : {}) },
    parameters: { proposals: 2 },
  })),
];

/** The cases of the rows, for whom they are about. */
export function mcpTogetherCases(context: PlanContext): readonly Case[] {
  const found = mcpOf(context);
  if (found === undefined) return [];
  const all = [...lifecycle, ...dispatches, ...rules, ...failures, ...isolation];
  return [...all.flatMap((one) => casesOf(context, found.mcp, one)), ...sessionCases(context)];
}

function casesOf(context: PlanContext, mcp: McpContract, one: Row): readonly Case[] {
  const { contract } = context;
  return operationIn(mcp, one.operation).flatMap((operation) => {
    const may = roleCredentials(contract).filter(
      (id) => operation.roles[contract.credentials[id]?.role ?? ''] === 'allowed',
    );
    const other = credentialOfKind(contract, 'other-org');
    const whom = {
      least: may.slice(0, 1),
      highest: may.slice(-1),
      each: may,
      other: other === undefined ? [] : [other],
    };
    return whom[one.by].flatMap((credential) =>
      mcpCase(contract, {
        operation,
        family: one.family,
        what: one.by === 'each' ? `${one.what}/${credential}` : one.what,
        title: `${operation.id}: ${one.title}`,
        credential,
        profile: one.profile ?? 'read',
        facts: one.facts,
        scenario: one.scenario,
        steps: one.steps,
        ...(one.footprint === undefined ? {} : { footprint: one.footprint }),
        ...(one.parameters === undefined ? {} : { parameters: one.parameters }),
      }),
    );
  });
}

/** A session that one key opened, used with none, with a revoked one, with a lesser one and with another organization's. */
function sessionCases(context: PlanContext): readonly Case[] {
  const found = mcpOf(context);
  if (found === undefined) return [];
  const { contract } = context;
  const [least] = roleCredentials(contract);
  const revoked = credentialOfKind(contract, 'revoked');
  const other = credentialOfKind(contract, 'other-org');
  const common = { operation: found.endpoint, family: 'identity', facts: ['mcp-session-no-key'] } as const;
  const bad = [
    { what: 'none', credential: 'none', form: 'none', keys: [] as readonly string[] },
    ...(revoked === undefined
      ? []
      : [{ what: 'revoked', credential: revoked, form: 'bearer', keys: [revoked] }]),
  ];
  return [
    ...bad.flatMap(({ what, credential, form, keys }) =>
      mcpCase(contract, {
        ...common,
        what: `session-without-key/${what}`,
        title: `a session with ${what} as its key is refused`,
        credential: what,
        keys,
        profile: 'read',
        scenario: 'mcp-session-without-key',
        parameters: { credential, form },
        steps: ['the session of the highest role, without a good key: HTTP 401'],
      }),
    ),
    ...(least === undefined
      ? []
      : mcpCase(contract, {
          ...common,
          what: 'session-of-another',
          title: 'a session of the highest role gives a lesser key no rights',
          credential: least,
          profile: 'full',
          scenario: 'mcp-session-of-another',
          steps: ['run_workflow_now by the least role in the session of the highest: refused'],
          footprint: { ...own, dispatch: 1 },
        })),
    ...(other === undefined
      ? []
      : mcpCase(contract, {
          ...common,
          what: 'session-of-foreigner',
          title: 'a session of one organization shows another nothing of it',
          credential: other,
          profile: 'read',
          scenario: 'mcp-session-of-foreigner',
          steps: ['search_runs by the key of another organization in the session of the highest role'],
        })),
  ];
}
