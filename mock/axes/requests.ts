import { named, valued } from './axis.ts';

const missing = 'A reference to something that does not exist.';

/** What a request may hold of which the documentation does not say whether it is valid. */
export const input = {
  unknownValue: named('unknown-value', 'An unknown value of an enumerated parameter.', [
    'accepted',
    'refused',
  ]),
  unknownMember: named('unknown-member', 'A member of the body that is not documented.', [
    'accepted',
    'refused',
  ]),
  emptyString: named('empty-string', 'An empty text.', ['accepted', 'refused']),
  nullForOptional: named('optional-null', 'Null for an optional member.', ['refused', 'accepted']),
  otherContentType: valued('other-content-type', 'A body of another content type.', [
    ['accepted', 'accepted'],
    ['415', 415],
    ['400', 400],
  ]),
  missingReference: valued('missing-reference', missing, [
    ['404', 404],
    ['400', 400],
    ['accepted', 'accepted'],
  ]),
  missingBaseline: valued('missing-reference', missing, [
    ['404', 404],
    ['400', 400],
    ['accepted', 'accepted'],
  ]),
  unknownProfile: valued('unknown-profile', 'A `defaultMcpAuthProfileId` that names nothing.', [
    ['accepted', 'accepted'],
    ['400', 400],
    ['404', 404],
  ]),
  unknownModel: valued('unknown-model', 'A model of the tester that the deployment does not have.', [
    ['accepted', 'accepted'],
    ['400', 400],
    ['404', 404],
  ]),
  takenName: valued('taken-name', 'Whether a name may be given twice.', [
    ['accepted', 'accepted'],
    ['409', 409],
    ['400', 400],
  ]),
  oddId: valued('odd-id', 'An id of another form than the own ones.', [
    ['404', 404],
    ['400', 400],
  ]),
  longestText: valued('long-text', 'Over-long texts.', [
    ['none', Infinity],
    ['20000', 20_000],
  ]),
  blanks: named('blanks-at-ends', 'Whether blanks at the ends of a text are trimmed.', ['kept', 'trimmed']),
  innerTypes: named('inner-types', 'The types inside the items of `criteria` and `testerTargets`.', [
    'unchecked',
    'checked',
  ]),
  freeObjects: named(
    'free-objects',
    'A free object may be refused for what is in it; an empty one is accepted.',
    ['accepted', 'known-members', 'only-empty'],
  ),
  schedules: named('schedule-form', 'What is inside a `schedule`.', ['any', 'with-interval']),
};

/** How the document is written. */
export const document = {
  version: valued('document-form', 'Which 3.0 the document is of.', [
    ['3.0.3', '3.0.3'],
    ['3.0.0', '3.0.0'],
  ]),
  server: named(
    'document-form',
    'Where the base path stands: in the address of the server or in each path.',
    ['absolute', 'relative', 'in-paths'],
  ),
  security: named('document-form', 'Whether the security scheme is named once or for each operation.', [
    'once',
    'each',
  ]),
};
