import { listed, spoken } from '../../domain/notices/words.js';
import type { Milestone } from '../../domain/agreement/index.js';
import {
  amountText,
  durationText,
  milestoneText,
  reviewText,
  testText,
  tierText,
  untilText,
} from '../agreement-words.js';
import type { AgreementDocument, WrittenTier } from '../agreement-schema.js';
import type { NodePath } from '../mistake.js';
import { parseWrittenDuration } from '../scalars.js';
import { placePattern } from './places.js';

type Clock = AgreementDocument['clocks'][string];
type Target = NonNullable<AgreementDocument['targets']>[string];

/** Places whose value has a sentence of its own. */
const sentences: Readonly<Record<string, (value: never) => string>> = {
  'clocks.*': clockText,
  'clocks.*.until': untilText,
  'clocks.*.from': fromText,
  'clocks.*.overrides.*': ({ within }: { within: string }) => durationText(within),
  'targets.*': targetText,
  'ladders.*': (tiers: readonly WrittenTier[]) => tiers.map(tierText).join('; '),
  'ladders.*.*': tierText,
  'qualification.mql.fit.*': testText,
  'qualification.mql.engagement.*': testText,
  'qualification.mql.exclude.*': testText,
  'qualification.highPriority.*': testText,
  'segments.*.when.*': testText,
  'reviews.*': reviewText,
};
const places = Object.entries(sentences).map(([pattern, say]) => ({ matches: placePattern(pattern), say }));

/** Places that are one value, though a map: a condition is changed as a whole. */
export function isOneValue(keys: NodePath): boolean {
  return places.some(({ matches, say }) => say === testText && matches(keys));
}

/** A value in words, as one line. What has no words of its own is said part by part. */
export function valueText(keys: NodePath, value: unknown): string {
  const known = places.find(({ matches }) => matches(keys));
  return known !== undefined && isWhole(value) ? known.say(value as never) : plainText(value);
}

/** A part that is cut off, as a document with mistakes may have it, has no sentence. */
const isWhole = (value: unknown): boolean => value !== null && value !== undefined;

function clockText({ party, from, until, within, goal }: Clock): string {
  const share = goal === undefined ? '' : `, in ${goal} of cases`;
  return `${party}, ${untilText(until)} within ${durationText(within)} of ${fromText(from)}${share}`;
}

function fromText(from: Milestone | Milestone[]): string {
  return [from].flat().map(milestoneText).join(' or ');
}

function targetText({ party, atLeast, atMost }: Target): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${amountText(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${amountText(atMost)}`]),
  ];
  return `${party}, ${listed(bounds)}`;
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return amountText(value);
  if (typeof value === 'string') return wordText(value);
  if (Array.isArray(value)) return value.map(plainText).join(', ') || 'none';
  if (typeof value !== 'object' || value === null) return 'none';
  return Object.entries(value)
    .map(([name, part]) => `${spoken(name)} ${plainText(part)}`)
    .join(', ');
}

/** Durations and amounts with spaces; every other text as it is written, to be found again. */
const wordText = (text: string): string =>
  parseWrittenDuration(text) === undefined && !/^\d+(\.\d+)? [A-Z]{3}$/.test(text) ? text : amountText(text);
