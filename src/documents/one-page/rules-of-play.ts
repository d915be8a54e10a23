import { closingRoutes, type ClosingRoute } from '../../domain/agreement/index.js';
import { capitalised, listed } from '../../domain/notices/words.js';
import { durationText, nameText, reviewText, tierText } from '../agreement-words.js';
import type { AgreementDocument, WrittenReason } from '../agreement-schema.js';
import type { PageSection } from './page.js';

type Line = PageSection['lines'][number];

/** Why a lead may end, and where it goes then. */
export function reasonsOf({ reasons = {} }: AgreementDocument): PageSection {
  const { rejection = [], disposition = [] } = reasons;
  return { title: 'Reasons', lines: [...routeLines('Rejected', rejection), ...routeLines('Worked', disposition)] };
}

const routeWords: Readonly<Record<ClosingRoute, string>> = {
  nurture: 'to nurture',
  recycle: 'to recycle',
  disqualified: 'disqualified',
};

function routeLines(lead: string, reasons: readonly WrittenReason[]): readonly Line[] {
  return closingRoutes.flatMap((route) => {
    const here = reasons.filter((reason) => reason.route === route).map(reasonText);
    return here.length === 0
      ? []
      : [{ lead: `${lead}, ${routeWords[route]}`, text: `${capitalised(here.join(', '))}.` }];
  });
}

function reasonText({ id, notes = 'optional', needs, wakeAfter, wakeOn }: WrittenReason): string {
  const asks = [
    ...(notes === 'required' ? ['notes'] : []),
    ...(notes === 'later' ? ['notes may follow'] : []),
    ...(needs === 'touches' ? ['after the touches'] : []),
    ...(needs === 'contact' ? ['after a contact'] : []),
    ...(wakeAfter === undefined ? [] : [`back after ${durationText(wakeAfter)}`]),
    ...(wakeOn === undefined ? [] : ['back on a date']),
  ];
  return asks.length === 0 ? nameText(id) : `${nameText(id)} (${asks.join(', ')})`;
}

/** What follows when a promise is missed. */
export function consequencesOf({ clocks, ladders = {}, breaches }: AgreementDocument): PageSection {
  const ofLadders = Object.entries(ladders).map(([ladder, tiers]): Line => {
    const promises = Object.entries(clocks).filter(([, clock]) => clock.ladder === ladder);
    const whose = listed(promises.map(([name]) => nameText(name))) || 'no promise';
    return {
      lead: capitalised(nameText(ladder)),
      text: `${capitalised(tiers.map(tierText).join('; '))}. For ${whose}.`,
    };
  });
  return { title: 'When a promise is missed', lines: [...ofLadders, ...breachLine(breaches)] };
}

function breachLine(breaches: AgreementDocument['breaches']): readonly Line[] {
  const { first, second, secondAfter } = breaches ?? {};
  if (first === undefined) return [];
  const again = second === undefined ? '' : `; ${secondAfter ?? 'again'}: ${nameText(second)} review`;
  return [{ lead: 'Any breach', text: `${capitalised(nameText(first))} review${again}.` }];
}

/** When both sides look at it together. */
export function reviewsOf({ reviews = {} }: AgreementDocument): PageSection {
  const lines = Object.entries(reviews).map(([name, review]): Line => {
    const { agenda = [], decisions } = review;
    const topics = agenda.length === 0 ? '' : `, on ${listed(agenda.map(nameText))}`;
    return {
      lead: capitalised(nameText(name)),
      text: `${capitalised(reviewText(review))}${topics}${decisionsText(decisions)}.`,
    };
  });
  return { title: 'Reviews', lines };
}

type Decisions = NonNullable<AgreementDocument['reviews']>[string]['decisions'];

function decisionsText(decisions: Decisions): string {
  const { min, max } = decisions ?? {};
  if (min === undefined && max === undefined) return '';
  const count = min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `${min} to ${max}`;
  return `, with ${count} decisions`;
}
