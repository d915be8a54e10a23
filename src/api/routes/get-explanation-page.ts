import { z } from 'zod';
import type { Instant } from '../../domain/business-time/index.js';
import { zoneOfEvent, zoneOfHolder } from '../../domain/explain/index.js';
import { asOfParameter, requireRecorded } from '../as-of.js';
import { readerOf } from '../reports/page-asked.js';
import { pageReply } from '../reports/page-reply.js';
import type { Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { sentenceOf } from '../views/sentence.js';
import { requireStory } from './lead-of.js';

const query = z.strictObject({ asOf: asOfParameter });

export const getExplanationPage: Route = {
  method: 'get',
  path: '/reports/leads/:id',
  access: 'session',
  roles: ['leader', 'ops'],
  summary: 'Why a lead was judged as it was, and what happened, as a page',
  async handle(call, parts) {
    const { explanations, reportPages, formatLocal } = parts;
    const { asOf: wanted } = validatedQuery(query, call.query);
    const asOf = requireRecorded(wanted, call.receivedAt);
    const events = await requireStory(call, parts, asOf);
    const explanation = await explanations.explain(events, asOf ?? call.receivedAt);
    const [, ...paragraphs] = explanations.inWords(explanation).split('\n\n');
    const sayIn = (zone: string) => (at: Instant) => formatLocal(zone, at);
    const story = events.map((event) => {
      const say = sayIn(zoneOfEvent(explanation, event));
      return { when: say(event.at), text: sentenceOf(event, say) };
    });
    const countedTo = sayIn(zoneOfHolder(explanation, explanation.at))(explanation.at);
    const view = { reader: readerOf(call), explanation, paragraphs, story, countedTo };
    return pageReply(reportPages, reportPages.explanation(view));
  },
};
