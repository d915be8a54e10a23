import type { Attribution, Governance, Target, TargetAmount } from '../domain/agreement/index.js';
import { parseMoney } from '../domain/attribution/index.js';
import type { AgreementDocument } from './agreement-schema.js';
import { months, parsePercent, parseWrittenDuration, requireDuration } from './scalars.js';

/** What of a checked document is about reports and reviews. */
export function governanceOf(document: AgreementDocument): Governance {
  const { name, title, timeZone, fiscalYearStart = 'january', targets = {}, calendars, defaultCalendar } = document;
  return {
    title: title ?? name,
    timeZone: timeZone ?? calendars[defaultCalendar]!.timeZone,
    fiscalYearStart: months.indexOf(fiscalYearStart) + 1,
    targets: Object.entries(targets).map(([target, written]) => targetOf(target, written)),
    attribution: attributionOf(document),
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
  if (typeof written === 'number') return { kind: 'count', count: written };
  const ppm = parsePercent(written);
  if (ppm !== undefined) return { kind: 'share', ppm };
  const ms = parseWrittenDuration(written);
  if (ms !== undefined) return { kind: 'time', ms };
  const money = parseMoney(written);
  if (money !== undefined) return { kind: 'money', ...money };
  throw new RangeError(`"${written}" is no amount; check the document before its targets are read`);
}
