/** Who each key is, as the target reports it. */
import { memberAt } from '../check/members.ts';
import type { Operation } from '../contract/types.ts';
import { pathParameters, requestOf } from '../plan/request.ts';
import type { Situation } from '../oracle/situation.ts';
import { bodyOf, statusOf } from './case-context.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { readAgain } from './sure-read.ts';

export interface Identity {
  readonly role: string | undefined;
  readonly organization: string | undefined;
  readonly actor: string | undefined;
}

export interface Identities {
  /** What the identity operation says of a credential; members are undefined where it does not say. */
  of(credential: string): Promise<Identity>;
  /** The id of the organization of the first credential of a kind (or of a credential). Throws Inconclusive. */
  organizationOf(kindOrCredential: string): Promise<string>;
  /** True where the target says that the organization of the credential does not have the feature. */
  lacksFeature(feature: string, credential: string): Promise<boolean>;
  /** A situation with what only the target can tell: the role of a key, whether its organization has the feature. */
  resolved(situation: Situation, credential: string): Promise<Situation>;
}

/** The identities of a run; each key is asked once. */
export function createIdentities(run: Run): Identities {
  const known = new Map<string, Promise<Identity>>();
  const features = new Map<string, Promise<boolean>>();
  const of = (credential: string): Promise<Identity> => {
    const identity = known.get(credential) ?? readIdentity(run, credential);
    known.set(credential, identity);
    return identity;
  };
  const lacksFeature = (feature: string, credential: string): Promise<boolean> => {
    const key = `${feature}/${credential}`;
    const lacks = features.get(key) ?? readFeature(run, feature, credential);
    features.set(key, lacks);
    return lacks;
  };
  /** One role that is told so is refused for another reason; an organization without the feature tells all of them. */
  const everyRoleLacks = async (feature: string): Promise<boolean> => {
    const roles = run.givenRoles();
    const lacking = await Promise.all(roles.map((credential) => lacksFeature(feature, credential)));
    return roles.length > 0 && lacking.every(Boolean);
  };
  return {
    of,
    lacksFeature,
    async organizationOf(name) {
      const credential =
        Object.values(run.contract.credentials).find(({ kind }) => kind === name)?.id ?? name;
      const { organization } = await of(credential);
      if (organization === undefined) {
        throw new Inconclusive(
          `the target does not say which organization ${credential} is of`,
          'Check that key.',
        );
      }
      return organization;
    },
    async resolved(situation, credential) {
      const { asker } = situation;
      const { feature } = run.operation(situation.operation);
      if (asker.kind === 'bad') return situation;
      const lacks =
        feature !== undefined &&
        (asker.kind === 'other' ? await lacksFeature(feature, credential) : await everyRoleLacks(feature));
      const told: Situation =
        feature === undefined ? situation : { ...situation, feature: lacks ? 'off' : 'on' };
      if (asker.kind === 'role') return told;
      const { role } = await of(credential);
      return { ...told, asker: { kind: 'other', ...(role === undefined ? {} : { role }) } };
    },
  };
}

async function readIdentity(run: Run, credential: string): Promise<Identity> {
  const operation = run.contract.operations.find(({ identity }) => identity !== undefined);
  if (operation?.identity === undefined || !run.keyring.given.has(credential)) {
    return { role: undefined, organization: undefined, actor: undefined };
  }
  const sent = await readAgain(run.support, requestOf(operation, credential));
  return identityIn(bodyOf(sent), operation.identity);
}

/** What a body says of the identity, by the paths of the contract. */
export function identityIn(body: unknown, paths: NonNullable<Operation['identity']>): Identity {
  const text = (path: string): string | undefined => {
    const value = memberAt(body, path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { role: text(paths.role), organization: text(paths.organization), actor: text(paths.actor) };
}

async function readFeature(run: Run, feature: string, credential: string): Promise<boolean> {
  const operation = run.contract.operations.find(
    (one) => one.feature === feature && one.effect === 'read' && pathParameters(one).length === 0,
  );
  if (operation === undefined) return false;
  const sent = await readAgain(run.support, requestOf(operation, credential));
  const error = run.contract.errors[run.contract.features[feature]?.error ?? ''];
  return statusOf(sent) === error?.status;
}
