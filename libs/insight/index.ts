export { DEFINITIONS } from './definitions.js';
export { Insight, type InsightRequest } from './insight.js';
export { DIMENSIONS, type Dimension } from './measures.js';
export { isMonth, Months, monthsLater } from './months.js';
export { Registers, type CallEntry, type RegisterEntry } from './registers.js';
export { RollUp } from './roll-up.js';
