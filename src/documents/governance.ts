import type {
  Attribution,
  BreachTerms,
  Governance,
  ReviewRhythm,
  ReviewTerms,
  Target,
  TargetAmount,
} from '../domain/agreement/index.js';
import { parseMoney } from '../domain/attribution/index.js';
import type { AgreementDocument } from './agreement-schema.js';
import { parseRhythm, parseWeeksBelowGoal } from './review-rhythms.js';
import { months, parsePercent, parseWrittenDuration, requireDuration } from './scalars.js';

/** What of a checked document is about reports and reviews. */
export function governanceOf(document: AgreementDocument): Governance {
  const { name, title, timeZone, fiscalYearStart = 'january', targets = {}, calendars, defaultCalendar } = document;
  const { reviews = {}, breaches = {}, deliverables = [] } = document;
  return {
    title: title ?? name,
    timeZone: timeZone ?? calendars[defaultCalendar]!.timeZone,
    fiscalYearStart: months.indexOf(fiscalYearStart) + 1,
    targets: Object.entries(targets).map(([target, written]) => targetOf(target, written)),
    attribution: attributionOf(document),
    reviews: Object.entries(reviews).flatMap(([review, written]) => reviewsOf(review, written, defaultCalendar)),
    breaches: breachesOf(breaches),
    deliverables,
  };
}

/** What a document leaves out that says nothing of its own. */
const TOUCH_WINDOW = '180d';

const attributionOf = ({ attribution = {} }: AgreementDocument): Attribution => ({
  touchWindowMs: requireDuration(attribution.touchWindow ?? TOUCH_WINDOW),
  marketing: attribution.marketing ?? [],
});

type WrittenTarget = NonNullable<AgreementDocument['targets']>[string];

const targetOf = (name: string, { party, atLeast, atMost, bySegment = {} }: WrittenTarget): Target => ({
  name,
  party,
  ...(atLeast !== undefined && { atLeast: amountOf(atLeast) }),
  ...(atMost !== undefined && { atMost: amountOf(atMost) }),
  bySegment: Object.fromEntries(Object.entries(bySegment).map(([segment, amount]) => [segment, amountOf(amount)])),
});

/** @throws RangeError if the schema let something else through */
function amountOf(written: string | number): TargetAmount {
  const amount = readAmount(written);
  if (amount !== undefined) return amount;
  throw new RangeError(`"${written}" is no amount; check the document before its targets are read`);
}

/** An amount as agreements write it: a count, `75%`, `2h` or `750000 USD`; undefined if it is none. */
export function readAmount(written: string | number): TargetAmount | undefined {
  if (typeof written === 'number') return readCount(written);
  const ppm = parsePercent(written);
  if (ppm !== undefined) return { kind: 'share', ppm };
  const ms = parseWrittenDuration(written);
  if (ms !== undefined) return { kind: 'time', ms };
  const money = parseMoney(written);
  return money && { kind: 'money', ...money };
}

const readCount = (count: number): TargetAmount | undefined =>
  Number.isInteger(count) && count >= 0 ? { kind: 'count', count } : undefined;

type WrittenReview = NonNullable<AgreementDocument['reviews']>[string];

function reviewsOf(name: string, written: WrittenReview, defaultCalendar: string): readonly ReviewTerms[] {
  const { to, agenda = [], within, calendar = defaultCalendar, minutes, decisions = {} } = written;
  const rhythm = rhythmOf(written);
  if (rhythm === undefined) return [];
  return [
    {
      name,
      rhythm,
      ...(within !== undefined && { within: { ms: requireDuration(within), calendar } }),
      to,
      agenda,
      ...(minutes !== undefined && { minutes }),
      decisionsMin: decisions.min ?? 0,
      ...(decisions.max !== undefined && { decisionsMax: decisions.max }),
    },
  ];
}

/** @throws RangeError if the schema let something else through */
function rhythmOf({ on, within }: WrittenReview): ReviewRhythm | undefined {
  if (on === undefined) return within === undefined ? undefined : { kind: 'on-breach' };
  const rhythm = parseRhythm(on);
  if (rhythm === undefined) throw new RangeError(`"${on}" is no day of a review; check the document before it is read`);
  return rhythm;
}

/** Two weeks, where a document names a second review and no number. */
const WEEKS_BELOW_GOAL = 2;

const breachesOf = ({ first, second, secondAfter }: NonNullable<AgreementDocument['breaches']>): BreachTerms => ({
  ...(first !== undefined && { first }),
  ...(second !== undefined && { second }),
  weeksBelowGoal: (secondAfter === undefined ? undefined : parseWeeksBelowGoal(secondAfter)) ?? WEEKS_BELOW_GOAL,
});
