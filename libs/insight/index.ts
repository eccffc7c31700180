export { DEFINITIONS } from './definitions.js';
export type { Counted, Share } from './figures.js';
export { Insight, type InsightRequest, type ItemFigures } from './insight.js';
export { DIMENSIONS, type Dimension } from './measures.js';
export { isMonth, Months, monthsLater } from './months.js';
export { CALL_OUTCOMES, Registers, type CallEntry, type CallOutcome, type RegisterEntry } from './registers.js';
export { RollUp } from './roll-up.js';
