/** The Common Test Report Format (https://ctrf.io/docs/schema) as a JSON Schema, as far as a report of ours can go. */
const text = { type: 'string' } as const;
const filled = { type: 'string', minLength: 1 } as const;
const whole = { type: 'integer' } as const;
const open = { type: 'object' } as const;

function closed(required: readonly string[], properties: object): object {
  return { type: 'object', required, properties, additionalProperties: false };
}

const counts = ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'start', 'stop'];

export const ctrfSchema: object = closed(['results', 'reportFormat', 'specVersion'], {
  reportFormat: { const: 'CTRF' },
  specVersion: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
  timestamp: { type: 'string', format: 'date-time' },
  generatedBy: text,
  extra: open,
  results: closed(['tool', 'summary', 'tests'], {
    tool: closed(['name'], { name: filled, version: text, extra: open }),
    summary: closed(counts, {
      ...Object.fromEntries(counts.map((name) => [name, whole])),
      suites: whole,
      duration: whole,
      flaky: whole,
      extra: open,
    }),
    tests: {
      type: 'array',
      items: closed(['name', 'status', 'duration'], {
        name: filled,
        status: { enum: ['passed', 'failed', 'skipped', 'pending', 'other'] },
        duration: whole,
        suite: { type: 'array', minItems: 1, items: text },
        message: text,
        trace: text,
        rawStatus: text,
        type: text,
        tags: { type: 'array', items: text },
        extra: open,
      }),
    },
    environment: closed([], { testEnvironment: text, appName: text, extra: open }),
    extra: open,
  }),
});
