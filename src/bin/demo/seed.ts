import { readFileSync } from 'node:fs';
import type { Database } from '../../db/index.js';
import { canonicalJson, formatMistake, parseAgreement, parsePeople, type Mistake } from '../../documents/index.js';
import { charterInstants, charterOf } from '../../domain/agreement/index.js';
import { dateStart } from '../../zones/index.js';
import { calendarKeys } from '../calendar-ports.js';

const contentOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/**
 * Puts the demo's people and agreements into a database that has none of them; what is there is left as it is, for
 * somebody may have changed it since.
 */
export async function seed(database: Pick<Database, 'agreements' | 'directory'>): Promise<void> {
  const { people } = await database.directory.read();
  if (people.length === 0) await database.directory.saveDirectory(readPeople('people.yaml'));
  const hasDefault = (await database.agreements.findActive()) !== undefined;
  await seedAgreement(database, 'inbound-saas', !hasDefault);
  await seedAgreement(database, 'inbound-demo', false);
}

async function seedAgreement({ agreements }: Pick<Database, 'agreements'>, name: string, isDefault: boolean) {
  if ((await agreements.findActive(name)) !== undefined) return;
  const file = `agreements/${name}.yaml`;
  const text = contentOf(file);
  const { document, terms, mistakes } = parseAgreement(text, file, calendarKeys, { at: Date.now() });
  if (document === undefined) throw unreadable(mistakes);
  const { reviewDueAt } = charterInstants(charterOf(document), dateStart);
  const options = { isDefault, ...(reviewDueAt !== undefined && { reviewDueAt }) };
  await agreements.saveAgreement({ terms, text, canonical: canonicalJson(document) }, options);
}

function readPeople(file: string) {
  const { value, mistakes } = parsePeople(contentOf(file), file);
  if (value === undefined) throw unreadable(mistakes);
  return value;
}

const unreadable = (mistakes: readonly Mistake[]): Error => new Error(mistakes.map(formatMistake).join('\n'));
