export * from './grievance-number.js';
