import type { AgreementTerms, Fields } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { emailDomainOf, judge, missingOf, type Judgement } from '../qualification/index.js';
import type { HolderRef } from '../routing/directory.js';
import { Draft } from './draft.js';
import type { Signal } from './events.js';
import { reach } from './milestones.js';
import type { RouteAnswer } from './questions.js';
import { attempt, type StepContext, type StepResult } from './step.js';

/** A lead as marketing hands it over; `at` is when the API received it. */
export interface HandOffFacts {
  readonly leadId: string;
  readonly at: Instant;
  readonly by?: string;
  readonly agreement: AgreementTerms;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
  readonly qualifiedAt?: Instant;
  readonly source?: string;
  readonly externalId?: string;
  /** Fixes the first owner; absent: routing decides (spec O1). */
  readonly holder?: HolderRef;
}

export type HandOffResult = Exclude<StepResult, { readonly kind: 'refusal' }>;

/**
 * Judges a lead and, if it is an MQL, routes it and starts its clocks; else excludes it with every criterion that it
 * failed. The first events of the lead's story come out, or a question.
 */
export function handOff(facts: HandOffFacts, context: StepContext): HandOffResult {
  return attempt(() => {
    const { agreement, at, by } = facts;
    const known = { ...context, agreements: { ...context.agreements, [agreement.key]: agreement } };
    const draft = new Draft(undefined, known, { at, ...(by !== undefined && { by }) });
    const judgement = judge(agreement, facts);
    if (judgement.excluded.length > 0) exclude(draft, facts, judgement);
    else begin(draft, facts, judgement);
    return { kind: 'events', events: draft.events, state: draft.state };
  });
}

const originOf = ({ leadId, agreement, fields, signals, qualifiedAt, source, externalId }: HandOffFacts) => ({
  leadId,
  agreement: { key: agreement.key, name: agreement.name, version: agreement.version },
  fields,
  signals,
  ...(qualifiedAt !== undefined && { qualifiedAt }),
  ...(source !== undefined && { source }),
  ...(externalId !== undefined && { externalId }),
});

const exclude = (draft: Draft, facts: HandOffFacts, { excluded }: Judgement): void =>
  draft.emit({ type: 'excluded', ...originOf(facts), criteria: excluded });

function begin(draft: Draft, facts: HandOffFacts, judgement: Judgement): void {
  const { segment, priority, missingFields } = judgement;
  const { holder, routedBy } = routed(draft, facts, judgement);
  draft.emit({ type: 'handed-off', ...originOf(facts), segment, priority, missingFields, holder, routedBy });
  reach(draft, 'handed-off', facts.at);
  if (missingOf(facts.agreement.qualification.enrichedFields, facts.fields).length > 0) return;
  draft.emit({ type: 'enriched', fields: {}, complete: true });
  reach(draft, 'enriched', facts.at);
}

function routed(draft: Draft, facts: HandOffFacts, { segment, priority }: Judgement): RouteAnswer {
  if (facts.holder) return { holder: facts.holder, routedBy: 'given' };
  return draft.ask({
    kind: 'route',
    key: `${facts.leadId}/1/handed-off/route`,
    asOf: facts.at,
    rules: facts.agreement.routing,
    fields: facts.fields,
    signals: facts.signals,
    emailDomain: emailDomainOf(facts.fields),
    segment,
    priority,
    lastOwner: null,
  });
}
