/** The embedded mock: a deployment of the Armature API to try the suite on. */
export { dialects } from './dialects/index.ts';
export type { DialectInfo } from './dialects/index.ts';
export { axes } from './axes/index.ts';
export type { AxisId, AxisInfo } from './axes/index.ts';
export { pointText, readPoint } from './dialects/point.ts';
export type { Point, PointReading } from './dialects/point.ts';
export { defects } from './defects/index.ts';
export type { DefectInfo } from './defects/defect.ts';
export { startMock } from './start.ts';
export type { Mock, MockOptions } from './start.ts';

/** Where this module is loaded from, for a thread that loads it too. */
export const url: string = import.meta.url;
