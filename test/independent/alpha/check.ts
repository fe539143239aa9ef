import type { DialectOptions } from './dialect.ts';
import { isObj, type Obj } from './model.ts';

/** One thing that is wrong with a request; `rule` tells the kind. */
export interface Problem {
  readonly path: string;
  readonly rule:
    'required' | 'null' | 'type' | 'enum' | 'uri' | 'json' | 'object' | 'item' | 'open' | 'query';
}

type Type = 'string' | 'boolean' | 'object' | 'strings' | 'objects' | 'any';

interface Rule {
  readonly type: Type;
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly oneOf?: readonly string[];
  readonly uri?: boolean;
  readonly inner?: Readonly<Record<string, 'string' | 'boolean'>>;
}

const text: Rule = { type: 'string' };
const object: Rule = { type: 'object' };

function workflowRules(creating: boolean): Readonly<Record<string, Rule>> {
  const needed: Rule = { type: 'string', required: creating };
  return {
    name: needed,
    mcpServerId: needed,
    testerPrompt: needed,
    description: text,
    defaultMcpAuthProfileId: text,
    testerModelId: text,
    testerModelIds: { type: 'strings' },
    testerTargets: {
      type: 'objects',
      inner: { modelId: 'string', skillMode: 'string', skillVersionId: 'string' },
    },
    criteria: { type: 'objects', inner: { criterionText: 'string', isRequired: 'boolean' } },
    schedule: { type: 'object', nullable: !creating },
    limits: object,
    retryPolicy: object,
    toolPolicy: object,
    metadata: object,
  };
}

export const bodyRules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  createSource: {
    name: { type: 'string', required: true },
    transportType: { type: 'string', oneOf: ['streamable_http', 'sse', 'stdio_hosted'] },
    targetKind: { type: 'string', oneOf: ['mcp', 'cli'] },
    baseUrl: { type: 'string', uri: true },
    connectionConfig: object,
    networkPolicy: object,
    authProfile: object,
    environment: text,
  },
  createWorkflow: workflowRules(true),
  updateWorkflow: workflowRules(false),
  dispatch: {
    reason: text,
    baselineRunId: { type: 'any' },
    idempotencyKey: text,
    forceNewRun: { type: 'boolean' },
  },
  updateTopic: { label: text, is_unmet_demand: { type: 'boolean' }, archived: { type: 'boolean' } },
};

/** Reads the bytes of a body; an absent one counts as an empty object where nothing is required. */
export function parseBody(
  operation: string,
  raw: Buffer,
): { readonly body: Obj; readonly problems: readonly Problem[] } {
  if (raw.length === 0 && operation === 'dispatch') return { body: {}, problems: [] };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    if (isObj(value)) return { body: value, problems: [] };
    return { body: {}, problems: [{ path: '', rule: 'object' }] };
  } catch {
    return { body: {}, problems: [{ path: '', rule: 'json' }] };
  }
}

/** Finds what is wrong with the members of a body. */
export function checkBody(operation: string, body: Obj, dialect: DialectOptions): Problem[] {
  const rules = bodyRules[operation] ?? {};
  const found: Problem[] = [];
  for (const [path, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(body, path) ? body[path] : undefined;
    if (value === undefined) {
      if (rule.required) found.push({ path, rule: 'required' });
    } else if (value === null) {
      if (rule.required) found.push({ path, rule: 'null' });
      else if (!rule.nullable && rule.type !== 'any' && dialect.refusesOptionalNull)
        found.push({ path, rule: 'open' });
    } else found.push(...checkMember(path, value, rule, dialect));
  }
  if (dialect.refusesUnknownMembers) {
    for (const path of Object.keys(body)) if (!Object.hasOwn(rules, path)) found.push({ path, rule: 'open' });
  }
  return found;
}

function checkMember(path: string, value: unknown, rule: Rule, dialect: DialectOptions): Problem[] {
  switch (rule.type) {
    case 'any':
      return [];
    case 'string':
      return typeof value === 'string' ? checkText(path, value, rule, dialect) : [{ path, rule: 'type' }];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [{ path, rule: 'type' }];
    case 'object':
      return isObj(value) ? [] : [{ path, rule: 'type' }];
    case 'strings':
    case 'objects':
      return Array.isArray(value) ? checkItems(path, value, rule, dialect) : [{ path, rule: 'type' }];
  }
}

function checkText(path: string, value: string, rule: Rule, dialect: DialectOptions): Problem[] {
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) return [{ path, rule: 'enum' }];
  if (rule.uri && !isUri(value)) return [{ path, rule: 'uri' }];
  return value === '' && dialect.refusesEmptyText ? [{ path, rule: 'open' }] : [];
}

function checkItems(path: string, items: readonly unknown[], rule: Rule, dialect: DialectOptions): Problem[] {
  const found: Problem[] = [];
  for (const item of items) {
    const fits = rule.type === 'strings' ? typeof item === 'string' : isObj(item);
    if (!fits) found.push({ path, rule: 'item' });
    else if (isObj(item) && dialect.refusesInnerTypes) {
      for (const [name, type] of Object.entries(rule.inner ?? {})) {
        const value = item[name];
        if (value !== undefined && value !== null && typeof value !== type)
          found.push({ path: `${path}[].${name}`, rule: 'open' });
      }
    }
  }
  return found;
}

function isUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(value) && URL.canParse(value);
}
