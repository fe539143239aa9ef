import { dialects, defects, startDeployment } from './alpha/index.ts';
import { describeDeployment } from './describe-deployment.ts';

describeDeployment({ name: 'alpha', dialects, defects, startDeployment, slow: new Set(['maze', 'lax']) });
