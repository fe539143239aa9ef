/** The example of a failure in the README: a real one, without what differs from run to run. */

/** The violations of a report as a Markdown block: ports, run ids, times and ids of keys are replaced by fixed ones. */
export function failureExcerpt(report: string): string {
  const from = report.indexOf('Violations: ');
  const to = report.lastIndexOf('\n\n');
  if (from < 0 || to < from) throw new Error('The report holds no violations.');
  const text = report
    .slice(from, to)
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:4010')
    .replaceAll(/\bamt_[A-Za-z0-9-]+_\*{3}/g, 'amt_k1_***')
    .replaceAll(/response after \d+ ms/g, 'response after 2 ms')
    .replaceAll(/(x-request-id: |request id +)[0-9a-f-]{36}/gi, '$13e7c1b52-6d0f-4a94-9c3b-2f8d5a1e7046')
    .replaceAll(/\bdate: .*/gi, 'date: Thu, 01 Jan 2026 00:00:00 GMT')
    .replaceAll(/, the target calls it \S+/g, ', the target calls it req-1');
  return ['```text', text.trimEnd(), '```'].join('\n');
}
