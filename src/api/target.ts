/** A deployment to test, as a program describes it. */
import { requireMembers } from './members.ts';

/** A command that serves the target: started for the run and ended with it. */
export interface StartDefinition {
  /** For a shell, such as `npm run mock`. */
  readonly command: string;
  /** The run begins when this URL answers, whatever the status; the base URL where it is left out. */
  readonly waitFor?: string;
  /** How long that may take, in ms; 60,000 where it is left out. */
  readonly timeoutMs?: number;
  /** The folder that it runs in; the current one where it is left out. */
  readonly cwd?: string;
}

/** A deployment of the API. */
export interface TargetDefinition {
  /** With or without the path of the API. */
  readonly baseUrl: string;
  /** What reports call it. */
  readonly name?: string;
  /**
   * The keys by credential (`viewer`, `revoked` …; one without a value is not given), or the path of a keys file. The
   * `ARMATURE_KEY_…` variables where it is left out.
   */
  readonly keys?: Readonly<Record<string, string | undefined>> | string;
  /** Headers that every request bears. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly start?: StartDefinition;
  /** The most requests in any second. */
  readonly rate?: number;
  /** Paths of PEM files: authorities to trust beside the usual ones, and a certificate to show with its key. */
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
}

const members = ['baseUrl', 'name', 'keys', 'headers', 'start', 'rate', 'ca', 'clientCert', 'clientKey'];
const startMembers = ['command', 'waitFor', 'timeoutMs', 'cwd'];

/**
 * A target, checked: gives it as it is. Throws UsageError for a member that there is not, and where the base URL or
 * the command is missing. Nothing is started and nothing is sent.
 */
export function defineTarget(target: TargetDefinition): TargetDefinition {
  requireMembers('The target', target, members, ['baseUrl']);
  if (target.start !== undefined) requireMembers('start', target.start, startMembers, ['command']);
  return target;
}
