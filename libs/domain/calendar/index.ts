export * from './types.js';
export * from './calendar.js';
export * from './validate.js';
