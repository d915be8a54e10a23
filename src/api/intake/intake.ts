/**
 * Intake lives here: a posted lead becomes a hand-off, an addition to a lead that is there, or an excluded lead, in one
 * transaction. Nothing here waits for Temporal, and no rule of the agreement is decided outside the core.
 */
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { HandOffFacts } from '../../domain/lifecycle/hand-off.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { AgreementStore, RoutingSnapshot } from '../../domain/ports.js';
import type { Deliveries } from '../commands/deliveries.js';
import type { ExistingLead, IntakeAnswer, IntakeDecision, IntakePost, IntakeResult, IntakeStore } from '../ports.js';
import { ProblemError } from '../problems.js';
import { invalidBody } from '../validated-body.js';
import type { LeadStarts } from '../lead-starts.js';
import { excludedAnswer, handedOffAnswer } from './answer.js';
import type { HandOffRuns } from './hand-off-run.js';
import { isRunning, join, newSignals } from './join.js';
import { futureInstants, handOffRequest, type LeadBody } from './lead-body.js';
import { hashOf, newLeadId, normalisedEmail } from './lead-id.js';
import type { RecentAgreements } from './recent-agreements.js';
import { findRequalification } from './requalify.js';

export interface IntakeParts {
  readonly workspace: string;
  readonly store: IntakeStore;
  readonly agreements: RecentAgreements;
  readonly documents: Pick<AgreementStore, 'findTerms'>;
  readonly runs: HandOffRuns;
  readonly starts: LeadStarts;
  readonly deliveries: Deliveries;
}

type KnownTerms = Readonly<Record<string, AgreementTerms>>;

/** Ends a decision that has to know another agreement first; the transaction has written nothing. */
class TermsWanted extends Error {
  constructor(readonly key: string) {
    super(`agreement ${key} is wanted`);
  }
}

export class Intake {
  constructor(private readonly parts: IntakeParts) {}

  /**
   * Takes a lead: the answer is committed when this returns, and the lead's workflow is on its way.
   * @throws ProblemError for instants in the future or an agreement that is not in force
   */
  take(body: LeadBody, rawBody: unknown, receivedAt: Instant): Promise<IntakeAnswer> {
    return this.parts.starts.whileServing(() => this.#take(body, rawBody, receivedAt));
  }

  async #take(body: LeadBody, rawBody: unknown, receivedAt: Instant): Promise<IntakeAnswer> {
    const mistakes = futureInstants(body, receivedAt);
    if (mistakes.length > 0) throw invalidBody(mistakes);
    const terms = await this.#requireAgreement(body.agreement);
    const post = postOf(body, rawBody, receivedAt, terms);
    const result = await this.#handIn(post, terms, { [terms.key]: terms });
    if (result.kind === 'redelivered') return { ...result.answer, status: 200 };
    this.#sendOn(result.decision);
    return result.decision.answer;
  }

  /** @param known what there is of agreements; the one that a lead is found to follow is read when it is asked for */
  async #handIn(post: IntakePost, terms: AgreementTerms, known: KnownTerms): Promise<IntakeResult> {
    try {
      return await this.parts.store.handOff(post, (snapshot, existing) =>
        this.#decide(post, terms, known, snapshot, existing),
      );
    } catch (thrown) {
      if (!(thrown instanceof TermsWanted)) throw thrown;
      const wanted = await this.parts.documents.findTerms(thrown.key);
      if (wanted === undefined) throw new Error(`agreement ${thrown.key} is not stored; save it again`);
      return this.#handIn(post, terms, { ...known, [thrown.key]: wanted });
    }
  }

  #decide(
    post: IntakePost,
    terms: AgreementTerms,
    known: KnownTerms,
    snapshot: RoutingSnapshot,
    existing: ExistingLead | undefined,
  ): IntakeDecision {
    if (existing?.matchedBy === 'email' && isRunning(existing.state)) return join(post, existing);
    if (existing?.matchedBy !== 'external-id') return this.#handOff(post, terms, snapshot);
    if (existing.state.excluded === null) return this.#join(post, known, existing);
    return this.#handOff(post, terms, snapshot, existing);
  }

  #join(post: IntakePost, known: KnownTerms, existing: ExistingLead): IntakeDecision {
    const { stage, agreement } = existing.state;
    if (stage !== 'disqualified') return join(post, existing);
    const own = known[agreement.key];
    if (own === undefined) throw new TermsWanted(agreement.key);
    return findRequalification(post, existing, own) ?? join(post, existing);
  }

  /** With `excluded`, a lead that was excluded before is judged anew, with all that is known of it by now. */
  #handOff(
    post: IntakePost,
    terms: AgreementTerms,
    snapshot: RoutingSnapshot,
    excluded?: ExistingLead,
  ): IntakeDecision {
    const run = this.parts.runs.decide(factsOf(post, terms, excluded?.state), snapshot);
    const earlier = excluded?.events ?? [];
    const events = run.events.map((event) => ({ ...event, seq: event.seq + earlier.length }));
    const { leadId } = run.state;
    if (run.state.excluded !== null) return { kind: 'handed-off', leadId, events, answer: excludedAnswer(run.state) };
    const start = { workspace: this.parts.workspace, leadId, events: [...earlier, ...events], context: run.context };
    return { kind: 'handed-off', leadId, events, start, answer: handedOffAnswer(run.state) };
  }

  #sendOn(decision: IntakeDecision): void {
    if (decision.kind === 'joined') this.parts.deliveries.begin(decision.commands);
    else if (decision.start !== undefined) this.parts.starts.begin(decision.start);
  }

  async #requireAgreement(name: string | undefined): Promise<AgreementTerms> {
    const terms = await this.parts.agreements.findActive(name);
    if (terms !== undefined) return terms;
    if (name === undefined) throw new ProblemError('no-agreement');
    const errors = [{ path: 'agreement', message: `there is no active agreement named ${JSON.stringify(name)}` }];
    throw new ProblemError('unknown-agreement', { detail: `No agreement ${JSON.stringify(name)} is active`, errors });
  }
}

const postOf = (body: LeadBody, rawBody: unknown, receivedAt: Instant, terms: AgreementTerms): IntakePost => ({
  request: handOffRequest(body, receivedAt),
  agreementName: terms.name,
  normalisedEmail: normalisedEmail(body.fields),
  bodyHash: hashOf(rawBody),
  body: rawBody,
  receivedAt,
});

function factsOf({ request, receivedAt }: IntakePost, agreement: AgreementTerms, before?: LeadState): HandOffFacts {
  const { source, externalId, qualifiedAt } = request;
  return {
    leadId: before?.leadId ?? newLeadId(receivedAt),
    at: receivedAt,
    agreement,
    fields: { ...before?.fields, ...request.fields },
    signals: [...(before?.signals ?? []), ...newSignals(request.signals, before)],
    source,
    externalId,
    ...(qualifiedAt === undefined ? {} : { qualifiedAt }),
  };
}
