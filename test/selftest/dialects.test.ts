import { dialects, startMock } from '../../mock/index.ts';
import { describeDialects } from './describe-dialects.ts';

describeDialects({
  name: 'mock',
  dialects,
  start: ({ dialect }) => startMock({ dialect }),
  // Its answers take up to half a second.
  slow: new Set(['busy-queue']),
});
