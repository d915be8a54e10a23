import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import type { Directory } from '../../src/domain/routing/directory.js';
import { parseAgreement, type AgreementReading, type Mistake } from '../../src/documents/index.js';

export const agreementPath = join(import.meta.dirname, '../spec/agreements/inbound-saas.yaml');
export const agreementText = readFileSync(agreementPath, 'utf8');
export const peopleText = readFileSync(join(import.meta.dirname, '../spec/people.yaml'), 'utf8');
export const novemberAt = Date.parse('2026-11-01T00:00:00Z');

export const readAgreement = (text: string, directory?: Directory): AgreementReading =>
  parseAgreement(text, 'agreement.yaml', calendarKeys, { at: novemberAt, ...(directory && { directory }) });

/** A text with one passage written otherwise, and the line on which it stands. */
export function spoilt(text: string, passage: string, instead: string): { text: string; line: number } {
  const offset = text.indexOf(passage);
  if (offset < 0) throw new Error(`the text has no passage ${passage}`);
  return { text: text.replace(passage, () => instead), line: text.slice(0, offset).split('\n').length };
}

/** Mistakes without their messages, to be compared whole. */
export const places = (mistakes: readonly Mistake[]): string[] => mistakes.map(({ line, path }) => `${line} ${path}`);
