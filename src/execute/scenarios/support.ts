/** The requests that no case owns. */
import { type Scenario } from './scenario.ts';

/** The requests that serve the cases keep the contract too. */
export const supportRequests: Scenario = (context) => {
  const { support } = context.run;
  const evidence = support.evidence();
  for (const finding of evidence.findings) {
    const { exchange: _, ...rest } = finding;
    if (!context.findings.some((one) => one.code === rest.code && one.message === rest.message))
      context.findings.push(rest);
  }
  return Promise.resolve();
};
