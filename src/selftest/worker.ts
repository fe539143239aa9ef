/** A worker thread of the self-test: it is given one trial after the other, and shares nothing with its siblings. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadContract } from '../contract/load.ts';
import { planCases } from '../plan/plan.ts';
import { focusedPlan } from './focus.ts';
import { judgeDefect, judgeDialect } from './judge.ts';
import type { Errand, MockSource, WorkerReply, WorkerSettings } from './pool.ts';
import { carryOutTrial, defectLimits, dialectLimits, trialSeed } from './trial.ts';

const { mockUrl, sampleSize }: WorkerSettings = workerData;
const port = parentPort;
if (port === null) throw new Error('This module is a worker thread of the self-test.');

const contract = await loadContract();
const { startMock }: MockSource = await import(mockUrl);
const cases = planCases(contract, { seed: trialSeed });

async function carryOut(errand: Errand): Promise<WorkerReply> {
  if (errand.kind === 'dialect') {
    const start = (): ReturnType<MockSource['startMock']> => startMock({ dialect: errand.dialect });
    const trial = await carryOutTrial(contract, cases, start, dialectLimits);
    return { kind: 'dialect', outcome: judgeDialect(errand.dialect, trial) };
  }
  const { defect } = errand;
  const focused = sampleSize === undefined ? cases : focusedPlan(cases, defect, sampleSize);
  const start = (): ReturnType<MockSource['startMock']> => startMock({ defect: defect.id });
  const trial = await carryOutTrial(contract, focused, start, defectLimits);
  return { kind: 'defect', outcome: judgeDefect(defect, focused, trial) };
}

port.on('message', (errand: Errand) => {
  carryOut(errand).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      // Out of the promise: an error that ends the thread reaches the pool.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
