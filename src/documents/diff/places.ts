import { spoken } from '../../domain/notices/words.js';
import type { NodePath } from '../mistake.js';

/**
 * What a place of the document is called. A pattern has `*` for what the document names itself; its words get these
 * names in turn. A place without a pattern is called by its path: nothing of a change is left out for want of a word.
 */
type Words = (...names: readonly string[]) => string;

const review = (name: string): string => `${spoken(name)} review`;
const reason = (kind: string, id: string): string => `${kind} reason "${spoken(id)}"`;

const places: Readonly<Record<string, Words>> = {
  timeZone: () => 'time zone of reports',
  effectiveFrom: () => 'in force from',
  reviewBy: () => 'to be reviewed by',
  signers: () => 'signers',
  'signers.*': (party) => `signer of ${party}`,
  'calendars.*': (name) => `calendar ${spoken(name)}`,
  'calendars.*.timeZone': (name) => `calendar ${spoken(name)}, time zone`,
  'calendars.*.hours': (name) => `calendar ${spoken(name)}, hours`,
  'calendars.*.hours.*': (name, days) => `calendar ${spoken(name)}, ${days}`,
  'calendars.*.closed': (name) => `calendar ${spoken(name)}, closed days`,
  'calendars.*.closed.*': (name) => `calendar ${spoken(name)}, closed day`,
  'calendars.*.exceptions': (name) => `calendar ${spoken(name)}, other hours`,
  'calendars.*.exceptions.*': (name, date) => `calendar ${spoken(name)}, hours on ${date}`,
  defaultCalendar: () => 'calendar of whoever has none',
  'segments.*': (name) => `segment ${spoken(name)}`,
  'segments.*.when': (name) => `segment ${spoken(name)}, conditions`,
  'segments.*.when.*': (name, subject) => `segment ${spoken(name)}, ${subject}`,
  'qualification.mql.fit': () => 'MQL, fit',
  'qualification.mql.fit.*': (subject) => `MQL, ${subject}`,
  'qualification.mql.engagement': () => 'MQL, engagement',
  'qualification.mql.engagement.*': (subject) => `MQL by engagement, ${subject}`,
  'qualification.mql.exclude': () => 'never an MQL',
  'qualification.mql.exclude.*': (subject) => `never an MQL, ${subject}`,
  'qualification.highPriority': () => 'high priority',
  'qualification.highPriority.*': (subject) => `high priority, ${subject}`,
  'qualification.requiredFields': () => 'required fields',
  'qualification.requiredFields.*': () => 'required field',
  'qualification.enrichedFields': () => 'enriched fields',
  'qualification.enrichedFields.*': () => 'enriched field',
  'qualification.salesQualified': () => 'sales-qualified',
  'qualification.salesQualified.bant': () => 'sales-qualified, to be confirmed',
  'qualification.salesQualified.bant.*': () => 'sales-qualified, to be confirmed',
  'qualification.salesQualified.orIntent': () => 'sales-qualified, or by intent',
  'qualification.salesQualified.orIntent.*': () => 'sales-qualified, or by intent',
  'targets.*': (name) => spoken(name),
  'targets.*.party': (name) => `${spoken(name)}, promised by`,
  'targets.*.atLeast': (name) => `${spoken(name)}, at least`,
  'targets.*.atMost': (name) => `${spoken(name)}, at most`,
  'targets.*.bySegment': (name) => `${spoken(name)}, by segment`,
  'targets.*.bySegment.*': (name, segment) => `${spoken(name)}, ${spoken(segment)}`,
  'clocks.*': (name) => spoken(name),
  'clocks.*.party': (name) => `${spoken(name)}, promised by`,
  'clocks.*.from': (name) => `${spoken(name)}, starts when`,
  'clocks.*.until': (name) => `${spoken(name)}, ends with`,
  'clocks.*.until.touches': (name) => spoken(name),
  'clocks.*.until.channels': (name) => `${spoken(name)}, channels`,
  'clocks.*.until.spacing': (name) => `${spoken(name)}, spacing`,
  'clocks.*.repeats': (name) => `${spoken(name)}, again and again`,
  'clocks.*.within': (name) => spoken(name),
  'clocks.*.overrides': (name) => `${spoken(name)}, exceptions`,
  'clocks.*.overrides.*': (name, lead) => `${spoken(name)}, ${lead}`,
  'clocks.*.overrides.*.within': (name, lead) => `${spoken(name)}, ${lead}`,
  'clocks.*.overrides.*.when': (name, lead) => `${spoken(name)}, ${lead}, conditions`,
  'clocks.*.calendar': (name) => `${spoken(name)}, calendar`,
  'clocks.*.warn': (name) => `${spoken(name)}, warnings`,
  'clocks.*.warn.*': (name) => `${spoken(name)}, warning`,
  'clocks.*.ladder': (name) => `${spoken(name)}, ladder`,
  'clocks.*.goal': (name) => `${spoken(name)}, share to be met`,
  'ladders.*': (name) => `ladder ${spoken(name)}`,
  'ladders.*.*': (name, tier) => `ladder ${spoken(name)}, ${tier}`,
  'ladders.*.*.on': (name, tier) => `ladder ${spoken(name)}, ${tier}, counted from`,
  'ladders.*.*.after': (name, tier) => `ladder ${spoken(name)}, ${tier}`,
  'ladders.*.*.to': (name, tier) => `ladder ${spoken(name)}, ${tier}, to`,
  'ladders.*.*.reassign': (name, tier) => `ladder ${spoken(name)}, ${tier}, moves the lead`,
  'ladders.*.*.holdOnAcknowledge': (name, tier) => `ladder ${spoken(name)}, ${tier}, hold when acknowledged`,
  'ladders.*.*.urgent': (name, tier) => `ladder ${spoken(name)}, ${tier}, at any hour`,
  'reasons.*': (kind) => `reasons for ${kind}`,
  'reasons.*.*': reason,
  'reasons.*.*.route': (kind, id) => `${reason(kind, id)}, route`,
  'reasons.*.*.notes': (kind, id) => `${reason(kind, id)}, notes`,
  'reasons.*.*.needs': (kind, id) => `${reason(kind, id)}, needs`,
  'reasons.*.*.wakeAfter': (kind, id) => `${reason(kind, id)}, comes back after`,
  'reasons.*.*.wakeOn': (kind, id) => `${reason(kind, id)}, date to come back`,
  'recycle.maxCycles': () => 'recycling, cycles at most',
  'recycle.coolOff': () => 'recycling, cool-off',
  'nurture.wakeOn': () => 'nurture, woken by',
  'nurture.limit': () => 'nurture, at most',
  'dispute.pauses': () => 'dispute, pauses',
  'dispute.perCycle': () => 'dispute, times per cycle',
  'pause.longest': () => 'pause, at most',
  'pause.perCycle': () => 'pause, times per cycle',
  'nextStep.furthest': () => 'next step, at most ahead',
  'lateLogging.countsWithin': () => 'late logging counts within',
  'cadence.*': (step) => `cadence, ${step}`,
  'cadence.*.template': (step) => `cadence, ${step}, template`,
  'cadence.*.talkingPoints': (step) => `cadence, ${step}, talking points`,
  'routing.*': (rule) => `routing, ${rule}`,
  'routing.*.team': (rule) => `routing, ${rule}, team`,
  'routing.*.accounts': (rule) => `routing, ${rule}`,
  'routing.*.accounts.*': (rule, account) => `routing, ${rule}, ${account}`,
  'deliverables.*': (name) => `deliverable "${name}"`,
  'deliverables.*.party': (name) => `deliverable "${name}", promised by`,
  'deliverables.*.owner': (name) => `deliverable "${name}", owner`,
  'deliverables.*.every': (name) => `deliverable "${name}", every`,
  'attribution.touchWindow': () => 'attribution, window',
  'attribution.marketing': () => 'attribution, marketing touches',
  'attribution.marketing.*': () => 'attribution, marketing touch',
  'attribution.marketingSourced': () => 'attribution, marketing-sourced',
  'attribution.salesSourced': () => 'attribution, sales-sourced',
  'attribution.marketingInfluenced': () => 'attribution, marketing-influenced',
  'reviews.*': review,
  'reviews.*.on': (name) => `${review(name)}, on`,
  'reviews.*.within': (name) => `${review(name)}, within`,
  'reviews.*.calendar': (name) => `${review(name)}, calendar`,
  'reviews.*.to': (name) => `${review(name)}, with`,
  'reviews.*.agenda': (name) => `${review(name)}, agenda`,
  'reviews.*.agenda.*': (name) => `${review(name)}, agenda`,
  'reviews.*.minutes': (name) => `${review(name)}, minutes`,
  'reviews.*.decisions': (name) => `${review(name)}, decisions`,
  'reviews.*.decisions.min': (name) => `${review(name)}, decisions at least`,
  'reviews.*.decisions.max': (name) => `${review(name)}, decisions at most`,
  'breaches.first': () => 'first breach goes to',
  'breaches.second': () => 'repeated breach goes to',
  'breaches.secondAfter': () => 'repeated means',
};

const patterns = Object.entries(places).map(([pattern, words]) => ({ matches: placePattern(pattern), words, pattern }));

/** The words for a place; `keys` are what each part of the path is known by, where that is not its position. */
export function placeText(keys: NodePath): string {
  const known = patterns.find(({ matches }) => matches(keys));
  if (known === undefined) return keys.length === 1 ? spoken(String(keys[0])) : keys.join('.');
  const parts = known.pattern.split('.');
  return known.words(...keys.filter((_, index) => parts[index] === '*').map(String));
}

/** Whether a place is the one that a pattern such as `clocks.*.within` means; a `*` is one key, dots and all. */
export function placePattern(pattern: string): (keys: NodePath) => boolean {
  const parts = pattern.split('.');
  return (keys) => parts.length === keys.length && parts.every((part, index) => part === '*' || part === keys[index]);
}
