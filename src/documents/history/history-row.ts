/**
 * Here live the rows of another system's history, as its export has them and as `POST /v1/history/imports` takes them.
 * Which row may be kept is asked of the store, and what the facts mean of the core; neither is decided here.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { HolderRef } from '../../domain/routing/directory.js';
import type { HistoryRow } from '../../domain/what-if/ports.js';
import { canonicalJson } from '../canonical-json.js';
import { factSchema, leadSignalSchema, type UnnumberedFact } from '../scenario-facts.js';
import { fieldValue, instant, text } from '../scalars.js';
import { checkValue } from '../schema-flaws.js';

const { strictObject, record, array } = z;

const handOffSchema = strictObject({
  do: z.literal('hand-off'),
  at: instant,
  by: text.optional(),
  agreement: text,
  owner: text.optional(),
  team: text.optional(),
  fields: record(z.string(), fieldValue),
  signals: array(leadSignalSchema).default([]),
});
/** Who got the lead, as the row names them. */
export type WrittenHandOff = Pick<z.output<typeof handOffSchema>, 'owner' | 'team'>;

const notifiedSchema = strictObject({ do: z.literal('notified'), at: instant, by: text.optional(), recipient: text });
const nameSchema = z.object({ source: text, externalId: text, factId: text.optional(), do: text });

/** A row, or everything that is wrong with it. */
export interface HistoryRowReading {
  readonly row?: HistoryRow;
  readonly mistakes: readonly string[];
}

/** They speak of other facts or of an agreement's rollout, which a row by itself cannot. */
const notHere: readonly string[] = ['apply-agreement', 'retract', 'mark-bounced', 'requalify'];

/**
 * Reads one row: `do: hand-off`, `do: notified`, or a command as scenario files write it, each with `source` and
 * `externalId`. `factId` tells two facts apart that say the same.
 */
export function readHistoryRow(
  written: unknown,
  holderFor: (handOff: WrittenHandOff) => HolderRef | undefined,
): HistoryRowReading {
  const named = checkValue(nameSchema, written);
  if (named.value === undefined) return { mistakes: named.flaws.map(({ message }) => message) };
  const { source, externalId, factId } = named.value;
  const says = saysOf(withoutName(written as object), hashOf(factId ?? written), holderFor);
  if ('mistakes' in says) return says;
  return { row: { source, externalId, id: hashOf(factId ?? written), says }, mistakes: [] };
}

const hashOf = (said: unknown): string => createHash('sha256').update(canonicalJson(said)).digest('hex');

function withoutName(written: object): Readonly<Record<string, unknown>> {
  const names = ['source', 'externalId', 'factId'];
  return Object.fromEntries(Object.entries(written).filter(([name]) => !names.includes(name)));
}

type Says = HistoryRow['says'];

function saysOf(
  written: Readonly<Record<string, unknown>>,
  id: string,
  holderFor: (handOff: WrittenHandOff) => HolderRef | undefined,
): Says | { readonly mistakes: readonly string[] } {
  switch (written['do']) {
    case 'hand-off':
      return checked(handOffSchema, written, (handOff) => handOffSays(handOff, holderFor(handOff)));
    case 'notified':
      return checked(notifiedSchema, written, ({ at, by = 'system', recipient }) => ({
        kind: 'fact',
        command: { type: 'notified', at, by, id, recipient },
      }));
    default:
      if (notHere.includes(String(written['do']))) {
        return { mistakes: [`"${String(written['do'])}" cannot be imported; leave the row out`] };
      }
      return checked(factSchema, written, (fact) => factSays(fact, id));
  }
}

function checked<T>(schema: z.ZodType<T>, written: unknown, says: (value: T) => Says) {
  const { value, flaws } = checkValue(schema, written);
  if (value !== undefined) return says(value);
  return {
    mistakes: flaws.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)),
  };
}

function handOffSays({ at, by, agreement, fields, signals }: z.output<typeof handOffSchema>, holder?: HolderRef): Says {
  return {
    kind: 'hand-off',
    lead: {
      agreementName: agreement,
      at,
      handOff: { fields, signals, ...(by !== undefined && { by }), ...(holder && { holder }) },
    },
  };
}

const factSays = ({ at, by, body }: UnnumberedFact, id: string): Says => ({
  kind: 'fact',
  command: { ...body, at, by, id },
});
