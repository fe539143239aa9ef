import { dialects, defects, startDeployment } from './beta/index.ts';
import { describeDeployment } from './describe-deployment.ts';

describeDeployment({ name: 'beta', dialects, defects, startDeployment, slow: new Set(['opaque-slow']) });
