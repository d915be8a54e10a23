/**
 * Everything that PostgreSQL keeps: the ledger, its projections, the directory, and what was handed in and sent out.
 * Rows become domain values here and nowhere else; no rule about leads lives here, the pure core is asked instead.
 */
export { openDatabase, type Database, type DatabaseOptions, type Stores } from './database.js';
export type { VerifiedLead } from './verification.js';
export { LedgerConflict } from './ledger-conflict.js';
export type { AgreementToSave, SavedAgreement } from './agreements.js';
export type { ApiKeyToSave, Revocation } from './api-keys.js';
export type { Backlog, BacklogReader, Queue } from './backlog.js';
export type { CommandReceipt, CommandRecord, Said } from './commands.js';
export type { ExistingLead, IntakeAnswer, IntakeDecision, IntakePost, IntakeResult } from './intake-shapes.js';
