/** Texts that a hostile server could send, and results that hold them wherever a server's text can stand. */
import { sampleCase, sampleExchange, sampleFinding, sampleResults } from './sample.ts';
import type { CaseResult, Results } from '../../src/results/types.ts';

const mark = 'window.hit=1';

export const hostileTexts: readonly string[] = [
  `<script>${mark}</script>`,
  `</script><script>${mark}</script>`,
  `<!--<script>${mark}</script>-->`,
  `--><img src=x onerror="${mark}">`,
  `"><svg/onload=${mark}>`,
  `' onmouseover='${mark}' autofocus onfocus='${mark}`,
  `javascript:${mark}`,
  `<iframe srcdoc="<script>parent.${mark}</script>"></iframe>`,
  `<a href="javascript:${mark}">x</a>`,
  `<style>@import 'http://127.0.0.1:9/x.css';</style>`,
  `<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">`,
  `<base href="http://127.0.0.1:9/">`,
  `<link rel=stylesheet href=http://127.0.0.1:9/x.css>`,
  `<form action=http://127.0.0.1:9/><button autofocus>`,
  `<details open ontoggle=${mark}>`,
  `</textarea></title></style><img src=http://127.0.0.1:9/x onerror=${mark}>`,
  `]]><x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>${mark}</h:script></x>`,
  `\${${mark}}{{constructor.constructor('${mark}')()}}`,
  '\u0000\u0001\u0008\u001b[2J\u001b]0;title\u0007\u202etxt.exe\u2028\u2029\ufeff\ufffe\uffff',
  '\ud800 a lone half \udc00',
  '&lt;script&gt; &amp;#x3c; %3Cscript%3E',
  '::error title=fake::not from us\n::set-output name=x::y\n##[error]fake',
  '`````\n</details>\n<img src=http://127.0.0.1:9/x>\n| a | b |\n[x](http://127.0.0.1:9/) @everyone www.example.com',
];

/** A failed, an inconclusive, a skipped and an advised case a text, each with the text in every field that may hold one. */
export function hostileResults(more: Partial<Results> = {}): Results {
  return sampleResults(hostileTexts.flatMap(casesWith), {
    target: { baseUrl: `http://127.0.0.1:4010/${hostileTexts[0]}`, name: hostileTexts[3] ?? '' },
    leftovers: hostileTexts.map((text) => ({ resource: text, id: text, name: text, reason: text })),
    suiteFaults: [{ caseId: hostileTexts[4] ?? '', message: hostileTexts.join('\n') }],
    ...more,
  });
}

function casesWith(text: string, index: number): readonly CaseResult[] {
  const finding = {
    ...sampleFinding,
    message: text,
    expected: text,
    actual: text,
    pointer: `/${text}`,
    steadiness: text,
  };
  const exchange = {
    ...sampleExchange,
    request: { ...sampleExchange.request, url: `http://127.0.0.1:4010/${text}`, body: text, bodyBytes: 9 },
    outcome: {
      kind: 'answered',
      status: 200,
      headers: [['x-hostile', text]],
      body: JSON.stringify({ [text]: text, text }),
      bodyBytes: 99,
      targetRequestId: text,
    },
  } as const;
  const judged = { credential: 'viewer', findings: [finding], exchanges: [exchange], notes: [text] };
  return [
    sampleCase(`org/getOrg/robustness/failed-${index}`, { ...judged, status: 'failed', title: text }),
    sampleCase(`org/getOrg/robustness/advised-${index}`, {
      ...judged,
      findings: [{ ...finding, level: 'should' }],
      title: text,
    }),
    sampleCase(`org/getOrg/robustness/open-${index}`, {
      credential: 'viewer',
      status: 'inconclusive',
      reason: text,
      remedy: text,
    }),
    sampleCase(`runs/getRun/robustness/left-${index}`, {
      credential: 'editor',
      status: 'skipped',
      reason: text,
      remedy: text,
    }),
  ];
}
