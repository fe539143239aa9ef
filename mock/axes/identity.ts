import { named, valued } from './axis.ts';

/** Where the deployment stands. */
export const base = {
  mount: valued('base-path', 'What stands before the documented path: the URL of a dashboard.', [
    ['none', ''],
    ['dashboard', '/acme/dashboard'],
  ]),
};

/** The form of ids. */
export const ids = {
  form: named('id-form', 'The form of ids: examples show prefixes, tables say UUID.', [
    'prefixed',
    'uuid',
    'uuid-upper',
    'uuid-v7',
    'decimal',
    'sequence',
    'base64url',
    'base64url-short',
    'ulid',
    'hex',
    'punctuated',
  ]),
  runs: named('id-form', 'Run ids are elsewhere said to be UUIDs of version 5.', [
    'as-others',
    'uuid',
    'decimal',
  ]),
};

/** The organizations that the keys belong to, and who stands behind a key. */
export const tenants = {
  actorNulls: named('actor-nulls', '`userProfileId` and `email` of the actor may be null.', [
    'some',
    'none',
    'all',
  ]),
  otherFeatures: named('other-organization', 'Which features another organization has.', ['all', 'none']),
  otherRole: named('other-organization', 'Which role the key of another organization carries.', [
    'owner',
    'viewer',
    'editor',
  ]),
  featurelessRole: named(
    'other-organization',
    'Which role the key of the organization without a feature carries.',
    ['owner', 'viewer', 'editor'],
  ),
};
