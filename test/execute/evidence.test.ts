import { describe, expect, it } from 'vitest';
import { toExchange, type Masks, type Sent } from '../../src/execute/evidence.ts';
import { createMasker } from '../../src/secrets.ts';
import { answered } from '../check/answers.ts';

const key = 'amt_k1_ThisIsTheSecretPart998877';
const foreign = 'amt_0bad_SecretOfSomebodyElse112233';
const altered = 'amt_made_0123456789abcdef0123';
const masks: Masks = {
  mask: createMasker([key], ['amt']),
  maskOwn: createMasker([key]),
  added: new Set(['x-team']),
};

function exchange(body: string, headers: Record<string, string> = {}): ReturnType<typeof toExchange> {
  const sent: Sent = {
    requestId: 'r/1',
    number: 0,
    operation: 'getOrg',
    credential: 'viewer',
    form: 'bearer',
    startedAt: '2026-01-01T00:00:00.000Z',
    origin: 'https://a.example',
    request: {
      method: 'GET',
      path: `/org?key=${key}`,
      headers: { authorization: `Bearer ${altered}`, 'X-Team': 'release', 'x-other': key },
    },
    outcome: answered(200, body, headers),
  };
  return toExchange(sent, masks);
}

describe('evidence', () => {
  it('holds no key, given or not, and no value of a cookie, wherever an answer has it', () => {
    const text = JSON.stringify(
      exchange(JSON.stringify({ apiKey: foreign, [key]: key, hex: Buffer.from(foreign).toString('hex') }), {
        'set-cookie':
          'session=sess9f8e7d6c5b4a; Path=/; HttpOnly, other="qqqq"; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
        'x-request-id': foreign,
        [`x-${key}`]: 'a',
      }),
    );
    expect(text).not.toMatch(/SecretOfSomebodyElse|ThisIsTheSecretPart|sess9f8e|qqqq/);
    expect(text).not.toContain(Buffer.from('SecretOfSomebodyElse').toString('hex'));
    expect(text).toContain('amt_0bad_***');
    expect(text).toMatch(/session=\*\*\*; Path=\/; HttpOnly, other=\*\*\*; Expires=Wed, 21 Oct 2026/);
  });

  it('holds what the run made up itself, so that it can be sent again, but no header that the user added', () => {
    const { request } = exchange('{}');
    expect(Object.fromEntries(request.headers)).toEqual({
      authorization: `Bearer ${altered}`,
      'X-Team': '(not kept)',
      'x-other': 'amt_k1_***',
    });
    expect(request.url).toBe('https://a.example/org?key=amt_k1_***');
  });

  it('keeps no endless list of headers, and says how many more there were', () => {
    const many = Object.fromEntries(
      Array.from({ length: 700 }, (_, index) => [`x-${index}`, 'v'.repeat(90)]),
    );
    const { outcome } = exchange('{}', many);
    if (outcome.kind !== 'answered') throw new Error('no answer');
    expect(JSON.stringify(outcome.headers).length).toBeLessThan(20_000);
    expect(outcome.headers.at(-1)).toEqual([
      '(cut)',
      expect.stringMatching(/^\d+ more headers are not kept$/),
    ]);
  });

  it('is cut, and no key is left at the cut', () => {
    for (let before = 3_960; before <= 4_000; before++) {
      const { outcome } = exchange(`"${'x'.repeat(before)}${key}${'y'.repeat(9_000)}"`);
      if (outcome.kind !== 'answered') throw new Error('no answer');
      expect(outcome.body.length).toBeLessThanOrEqual(4_000);
      expect(outcome.body).not.toMatch(/amt_k1_[A-Za-z]/);
    }
  });
});
