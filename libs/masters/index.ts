export * from './snapshot.js';
export * from './masters.service.js';
export * from './routing.js';
export * from './posts.js';
export * from './places.js';
export * from './names.js';
export * from './simulate.js';
