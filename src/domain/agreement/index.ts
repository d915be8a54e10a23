/** The agreement: its terms, its versions and the rules of their life; whoever needs to read a file asks `src/documents`. */
export * from './charter.js';
export * from './governance.js';
export * from './terms.js';
export { promisesFrom } from './promises.js';
export * from './version.js';
export type { PastClock, PastLeads, PastLeadsReader } from './past-leads.js';
