import { named, valued } from './axis.ts';

const extraMembers = 'Responses may always carry more fields than are listed.';

/** How a key is read. */
export const authentication = {
  challenge: valued('rfc-challenge', 'That a 401 carries WWW-Authenticate is what an RFC asks for.', [
    ['sent', true],
    ['left-out', false],
  ]),
  schemeAnyCase: valued(
    'rfc-scheme-case',
    'That the scheme is matched in any case is what an RFC asks for.',
    [
      ['any-case', true],
      ['exact', false],
    ],
  ),
  keyId: named('key-id', 'What a key-id is made of, and how it stands to the `apiKeyId` that is shown.', [
    'without-prefix',
    'same',
    'with-underscores',
    'tail',
  ]),
};

/** What a method or a path gets that is not documented. */
export const methods = {
  status: valued(
    'undocumented-method',
    'An undocumented method must not succeed: which 4xx it gets is open.',
    [
      ['405', 405],
      ['404', 404],
      ['400', 400],
    ],
  ),
  allow: valued('rfc-allow', 'That a 405 carries Allow is what an RFC asks for.', [
    ['sent', true],
    ['left-out', false],
  ]),
  keyFirst: valued(
    'undocumented-method',
    'Whether 401 or 404 and 405 come first for an undocumented method.',
    [
      ['key-first', true],
      ['method-first', false],
    ],
  ),
  unknownPath: named('undocumented-path', 'On a path that is not documented any 4xx may come first.', [
    'as-methods',
    'key-first',
    'path-first',
  ]),
  spelling: named('undocumented-path', 'Whether another spelling of a path leads to its operation.', [
    'refused',
    'served',
  ]),
  head: named('head-and-options', 'HEAD and OPTIONS are exempt.', ['as-get', 'refused']),
  options: named('head-and-options', 'HEAD and OPTIONS are exempt.', ['preflight', 'refused']),
};

/** How an error reads. */
export const errors = {
  invalidCode: valued('error-codes', 'The code of a 400.', [
    ['validation_failed', 'validation_failed'],
    ['invalid_request', 'invalid_request'],
    ['BAD_REQUEST', 'BAD_REQUEST'],
    ['unprocessable', 'unprocessable'],
    ['digits', '400'],
    ['empty', ''],
  ]),
  notFoundCode: valued('error-codes', 'The code of a 404.', [
    ['not_found', 'not_found'],
    ['missing', 'missing'],
    ['resource/not-found', 'resource/not-found'],
    ['invalid_request', 'invalid_request'],
    ['digits', '404'],
  ]),
  details: named('error-details', 'What `error.details` holds, and whether it is there.', [
    'list',
    'absent',
    'by-member',
    'fields',
    'text',
    'count',
    'null',
  ]),
  beside: valued('more-members', extraMembers, [
    ['none', {}],
    ['success', { success: false }],
    ['request', { requestId: 'req_31', documentation: 'https://docs.example.com/errors' }],
  ]),
  within: valued('more-members', extraMembers, [
    ['none', {}],
    ['status', { status: 'error' }],
    ['retryable', { retryable: false, hint: null }],
    ['other-script', { ünïcode: 'ja' }],
  ]),
};

/** In which order a request is looked at once its key is known. */
export const checks = {
  order: valued('order-of-checks', 'The order in which role, feature, existence and body are checked.', [
    ['role-feature-existence-body', ['role', 'feature', 'existence', 'validation']],
    ['existence-body-role-feature', ['existence', 'validation', 'role', 'feature']],
    ['body-existence-feature-role', ['validation', 'existence', 'feature', 'role']],
    ['feature-role-body-existence', ['feature', 'role', 'validation', 'existence']],
    ['body-role-existence-feature', ['validation', 'role', 'existence', 'feature']],
    ['role-existence-body-feature', ['role', 'existence', 'validation', 'feature']],
    ['feature-existence-role-body', ['feature', 'existence', 'role', 'validation']],
    ['existence-role-feature-body', ['existence', 'role', 'feature', 'validation']],
    ['body-feature-role-existence', ['validation', 'feature', 'role', 'existence']],
    ['existence-feature-body-role', ['existence', 'feature', 'validation', 'role']],
  ]),
  references: named(
    'order-of-references',
    'When a reference of the body is looked up: before the role or after it.',
    ['last', 'with-body', 'first'],
  ),
};
