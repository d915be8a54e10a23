import type { CalendarDefinition } from '../../domain/business-time/index.js';
import { isUnbroken } from '../../domain/business-time/index.js';
import { capitalised, listed, spoken } from '../../domain/notices/words.js';
import { conditionText, conditionsText, daysText, durationText, nameText } from '../agreement-words.js';
import type { AgreementDocument } from '../agreement-schema.js';
import type { PageSection } from './page.js';

type Line = PageSection['lines'][number];

/** What the words of the promises mean. */
export function definitionsOf(document: AgreementDocument): PageSection {
  return {
    title: 'Definitions',
    lines: [
      ...qualificationLines(document),
      ...segmentLine(document),
      ...waitingLines(document),
      ...pauseLine(document),
      ...hoursLine(document),
      ...attributionLine(document),
    ].map(({ lead, text }) => ({ lead, text: `${capitalised(text)}.` })),
  };
}

function qualificationLines({ qualification = {} }: AgreementDocument): readonly Line[] {
  const { mql = {}, highPriority = [], requiredFields = [], salesQualified = {} } = qualification;
  const { bant = [], orIntent = [] } = salesQualified;
  const confirmed = bant.length === 0 ? '' : `${listed(bant.map(spoken))} confirmed`;
  const intent = orIntent.length === 0 ? '' : orOf(orIntent.map(spoken));
  return [
    line('MQL', mqlText(mql)),
    line('Required fields', listed(requiredFields.map(spoken))),
    line('High priority', orOf(highPriority.map(conditionText))),
    line('Sales-qualified', [confirmed, intent].filter(isSaid).join(', or ')),
  ].filter(({ text }) => isSaid(text));
}

type Mql = NonNullable<NonNullable<AgreementDocument['qualification']>['mql']>;

function mqlText({ fit = [], engagement = [], exclude = [] }: Mql): string {
  return [
    fit.length === 0 ? '' : conditionsText(fit),
    engagement.length === 0 ? '' : `one of ${listed(engagement.map(conditionText))}`,
    exclude.length === 0 ? '' : `never ${orOf(exclude.map(conditionText))}`,
  ]
    .filter(isSaid)
    .join('; ');
}

function segmentLine({ segments = [] }: AgreementDocument): readonly Line[] {
  if (segments.length === 0) return [];
  const texts = segments.map(({ name, when = [] }) => {
    return `${nameText(name)} (${when.length === 0 ? 'all others' : conditionsText(when)})`;
  });
  return [line('Segments', texts.join(', '))];
}

function waitingLines({ recycle, nurture, reasons }: AgreementDocument): readonly Line[] {
  if (reasons === undefined) return [];
  const { maxCycles = 3, coolOff = '30d' } = recycle ?? {};
  const rest = `recycled after ${durationText(coolOff)} at the earliest, ${maxCycles} cycles at most`;
  return [line('Leads that wait', `${rest}; nurtured for ${durationText(nurture?.limit ?? '180d')} at most`)];
}

function pauseLine({ pause = {}, dispute = {} }: AgreementDocument): readonly Line[] {
  const { pauses = 'sales', perCycle = 1 } = dispute;
  const longest = pause.longest === undefined ? '' : `, each for ${durationText(pause.longest)} at most`;
  const often = pause.perCycle === undefined ? 'as often as needed' : `${timesText(pause.perCycle)} a cycle`;
  const stopped = pauses === 'sales' ? 'the clocks of sales' : 'no clock';
  return [
    line('Pauses', `a lead may be paused ${often}${longest}; disputed ${timesText(perCycle)}, which stops ${stopped}`),
  ];
}

const timesText = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

function hoursLine({ calendars }: AgreementDocument): readonly Line[] {
  const texts = Object.entries(calendars)
    .filter(([, definition]) => !isUnbroken(definition))
    .map(([name, definition]) => `${nameText(name)} (${hoursText(definition)})`);
  if (texts.length === 0) return [];
  return [
    line(
      'Working hours',
      `those of the lead’s owner; ${listed(texts)}, without the closed days listed in the document`,
    ),
  ];
}

const hoursText = ({ timeZone, hours }: CalendarDefinition): string =>
  `${Object.entries(hours)
    .map(([days, intervals]) => `${daysText(days)} ${intervals.join(' and ')}`)
    .join(', ')}, ${timeZone}`;

function attributionLine({ attribution }: AgreementDocument): readonly Line[] {
  if (attribution === undefined) return [];
  const { touchWindow, marketingSourced, salesSourced, marketingInfluenced } = attribution;
  const texts = [
    marketingSourced === undefined ? '' : `marketing-sourced: ${spoken(marketingSourced)}`,
    salesSourced === undefined ? '' : `sales-sourced: ${spoken(salesSourced)}`,
    marketingInfluenced === undefined ? '' : `marketing-influenced: ${spoken(marketingInfluenced)}`,
    touchWindow === undefined ? '' : `touches of the ${durationText(touchWindow)} before count`,
  ].filter(isSaid);
  return texts.length === 0 ? [] : [line('Attribution', texts.join('; '))];
}

const line = (lead: string, text: string): Line => ({ lead, text });
const isSaid = (text: string): boolean => text !== '';
const orOf = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
