/** Gathers the results of the cases as vitest reports them. */
import type { Reporter, TestCase, TestModule, SerializedError } from 'vitest/node';
import type { CaseResult, SuiteFault } from '../results/types.ts';
import type { RunFooter } from '../execute/finish.ts';

export interface Collected {
  readonly results: Map<string, CaseResult>;
  readonly faults: SuiteFault[];
  footer: RunFooter | undefined;
}

/**
 * A vitest reporter that keeps each case's result and says nothing itself. What goes wrong outside of the cases is a
 * fault of the suite.
 * @param onCase told of each result, and of the requests sent so far
 */
export function createCollector(onCase: (result: CaseResult, requests: number) => void): {
  readonly reporter: Reporter;
  readonly collected: Collected;
} {
  const collected: Collected = { results: new Map(), faults: [], footer: undefined };
  const addFault = (message: string, caseId?: string): void => {
    collected.faults.push({ message, ...(caseId === undefined ? {} : { caseId }) });
  };
  const reporter: Reporter = {
    onTestCaseResult(test: TestCase) {
      const meta = test.meta().conformance;
      if (meta?.fault !== undefined) addFault(meta.fault, test.name);
      if (meta?.footer !== undefined) collected.footer = meta.footer;
      if (meta?.result !== undefined) {
        collected.results.set(meta.result.id, meta.result);
        onCase(meta.result, meta.requests ?? 0);
      } else if (test.result().state === 'failed') {
        addFault(
          test
            .result()
            .errors?.map(({ message }) => message)
            .join('; ') ?? 'a test failed',
          test.name,
        );
      }
    },
    onTestModuleEnd(module: TestModule) {
      for (const error of module.errors()) addFault(describe(error));
    },
    onTestRunEnd(_modules, unhandled) {
      for (const error of unhandled) addFault(describe(error));
    },
  };
  return { reporter, collected };
}

function describe(error: SerializedError): string {
  return error.stack ?? error.message;
}
