/** A lawful answer, and what in the situation of its request explains it. */

/** What can explain an answer. */
export const causes = [
  'allowed',
  'credential',
  'role',
  'feature',
  'existence',
  'visibility',
  'form',
  'body',
  'reference',
  'left-open',
  'method',
  'size',
] as const;
export type Cause = (typeof causes)[number];

/** The causes in words, to stand behind "explained by". */
export const causeWords: Readonly<Record<Cause, string>> = {
  allowed: 'the right of the key',
  credential: 'the credential',
  role: 'the role of the key',
  feature: 'the feature, which the organization does not have',
  existence: 'the id, which nothing has',
  visibility: "the id, which is another organization's",
  form: 'the form of the id',
  body: 'the body, which a documented rule makes invalid',
  reference: 'a reference in the body, which leads to nothing of the organization',
  'left-open': 'what the documentation leaves open in the request',
  method: 'the method, which is not documented',
  size: 'the size of the request',
};

/** `4xx` and `2xx` stand for the whole class. */
export interface LawfulAnswer {
  readonly status: number | '2xx' | '4xx';
  /** The code that the error must carry; absent where it is left open. */
  readonly code?: string;
  /** File name of the schema that the body keeps. */
  readonly schema?: string;
  /** File name of the schema that each item of the list in the body keeps. */
  readonly item?: string;
  /** The id of a fact of level should that this answer breaks all the same. */
  readonly breaks?: string;
  /** What in the situation explains the answer. */
  readonly because: readonly Cause[];
}

/** What came: a status, and the code of its error where it has one. */
export interface Received {
  readonly status: number;
  readonly code?: string;
}
