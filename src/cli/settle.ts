/** What holds for a command: a flag before the environment before the configuration. */
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import type { Network } from '../execute/dispatchers.ts';
import type { McpChoice } from '../execute/run-state.ts';
import { embeddedTargetWord } from '../results/embedded-target.ts';
import { readTarget, type NamedTarget } from './config-file.ts';
import { headersOf, networkOf, requireHarmless } from './network.ts';
import { isOrdinaryWord } from '../secrets.ts';
import type { Flags } from './option-table.ts';
import type { Surroundings } from './surroundings.ts';

/** Flags with what the configuration says where they are silent. */
export interface Settled<F extends Flags> {
  readonly flags: F;
  readonly target?: NamedTarget;
}

/**
 * Adds the named target's own settings to flags; `--target mock` is none of the configuration. Throws UsageError or
 * ContractError for what is wrong with the configuration, where `--config` is given without `--target`, and where the
 * embedded mock is asked for beside the address of another target.
 */
export async function settle<F extends Flags>(
  flags: F,
  contract: Pick<Contract, 'credentials'>,
  surroundings: Surroundings,
): Promise<Settled<F>> {
  if (flags.target === undefined) {
    if (flags.config === undefined) return { flags };
    throw new UsageError('--config is given, but no --target of it.', 'Name one by --target.');
  }
  if (flags.target === embeddedTargetWord) {
    requireNoOther(flags);
    return { flags };
  }
  const target = await readTarget(flags.target, flags.config, contract, surroundings);
  return { flags: { ...target.flags, ...flags }, target };
}

/** Whoever names a deployment must not be told that the mock is conformant. */
function requireNoOther({ baseUrl, keys }: Flags): void {
  const other = baseUrl === undefined ? (keys === undefined ? undefined : '--keys') : 'a base URL';
  if (other === undefined) return;
  throw new UsageError(
    `--target ${embeddedTargetWord} asks for the embedded mock, which has its own address and keys, but ${other} is given too.`,
    'Leave out one of them; a base URL may stand in ARMATURE_BASE_URL.',
  );
}

/** ms for one whole answer, and the most requests at the same moment, where none is given. */
export const defaultTimeoutMs = 10_000;
export const defaultConcurrency = 16;

/** How requests go out, as a run takes it. */
export interface Sending {
  readonly rate?: number;
  readonly maxWaitMs?: number;
  readonly listLagMs?: number;
  readonly network: Network;
  readonly mcp?: McpChoice;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

type SendingFlags = Flags<
  'rate' | 'maxWait' | 'listLag' | 'header' | 'ca' | 'clientCert' | 'clientKey' | 'mcp' | 'mcpUrl'
>;

/** Who names an endpoint says that there is one, of whatever generation. */
function mcpOf({ mcp, mcpUrl }: SendingFlags): { readonly mcp?: McpChoice } {
  if (mcp === undefined && mcpUrl === undefined) return {};
  return { mcp: { speaks: mcp ?? 'auto', ...(mcpUrl === undefined ? {} : { url: mcpUrl }) } };
}

/** How requests to a base URL go out. Throws UsageError for files, headers and proxies that are wrong. */
export async function sendingOf(
  baseUrl: string,
  flags: SendingFlags,
  target: NamedTarget | undefined,
  env: Surroundings['env'],
): Promise<Sending> {
  const given = headersOf(flags.header ?? []);
  const headers = { ...target?.headers, ...given };
  requireHarmless(headers);
  const network = await networkOf(baseUrl, flags, env);
  const telling = Object.entries(given).filter(([name]) => /auth|token|key|secret|cookie|pass/i.test(name));
  return {
    ...(flags.rate === undefined ? {} : { rate: flags.rate }),
    ...(flags.maxWait === undefined ? {} : { maxWaitMs: flags.maxWait }),
    ...(flags.listLag === undefined ? {} : { listLagMs: flags.listLag }),
    ...mcpOf(flags),
    network,
    headers,
    secrets: [
      ...(target?.secrets ?? []),
      ...telling.map(([, value]) => value),
      ...proxySecrets(network.proxy),
    ],
  };
}

/** Says which values of headers are masked only where they stand alone, because they could be ordinary words. */
export function ordinaryWordNotes({ headers, secrets }: Sending): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    secrets.includes(value) && isOrdinaryWord(value)
      ? [
          `The value of the header ${name} could be an ordinary word: in reports it is masked only where it stands alone.`,
        ]
      : [],
  );
}

function proxySecrets(proxy: string | undefined): readonly string[] {
  const password = proxy === undefined ? '' : new URL(proxy).password;
  return password === '' ? [] : [decodeURIComponent(password)];
}
