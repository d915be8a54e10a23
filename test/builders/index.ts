export * from './api-key.js';
export * from './agreement.js';
export * from './facts.js';
export * from './given.js';
export * from './lead.js';
export * from './week.js';
