/** Matching a pattern of a schema within bounds: some take time without end on a text that a target chooses. */
import { Script, createContext } from 'node:vm';

/** How long a pattern may be held against one text, in ms. */
const mostMs = 500;
/** The longest text that no pattern takes long for. */
const shortText = 16;
/** The longest text for a pattern with one repetition, which takes time as the square of it at the most. */
const mediumText = 5000;

/** A pattern could not be held against a text in time: whether the text matches it is not known. */
export class PatternTooSlow extends Error {
  override readonly name = 'PatternTooSlow';
  readonly pattern: string;

  /** @param schema the file of the schema, where it is known */
  constructor(pattern: string, schema?: string) {
    const of = schema === undefined ? '' : ` of ${schema}`;
    super(`the pattern ${pattern}${of} could not be held against a text of the answer within ${mostMs} ms`);
    this.pattern = pattern;
  }
}

export interface BoundedPattern {
  /** Throws PatternTooSlow where it cannot be told in time; then at once for every text that is not short. */
  test(text: string): boolean;
  /** The pattern as it is written, which ajv tells patterns apart by. */
  toString(): string;
}

/** A pattern as ajv takes it. Throws SyntaxError for a text that is no regular expression. */
export function boundedPattern(source: string, flags: string): BoundedPattern {
  const pattern = new RegExp(source, flags);
  const harmless = (source.match(/[*+?{]/g) ?? []).length <= 1 ? mediumText : shortText;
  let tooSlow = false;
  return {
    toString: () => String(pattern),
    test(text) {
      if (text.length <= harmless) return pattern.test(text);
      if (tooSlow) throw new PatternTooSlow(source);
      try {
        return testWithin(pattern, text);
      } catch (error) {
        if (!isTimeout(error)) throw error;
        tooSlow = true;
        throw new PatternTooSlow(source);
      }
    },
  };
}
/** How generated code would name it; no code is generated to a file here. */
boundedPattern.code = 'boundedPattern';

const script = new Script('pattern.test(text)');
const inside: { pattern: RegExp | undefined; text: string } = { pattern: undefined, text: '' };
let context: ReturnType<typeof createContext> | undefined;

/** What the `vm` module runs can be stopped even in the middle of a match. */
function testWithin(pattern: RegExp, text: string): boolean {
  context ??= createContext(inside);
  Object.assign(inside, { pattern, text });
  try {
    return script.runInContext(context, { timeout: mostMs }) === true;
  } finally {
    Object.assign(inside, { pattern: undefined, text: '' });
  }
}

/** The error is not always an Error of this realm. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
