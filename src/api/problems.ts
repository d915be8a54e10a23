/**
 * Every way in which the API says no, as one table: status, title, and a sentence that tells what to do (RFC 9457).
 * Codes of refusals are the domain's; all of them answer 409, because the lead as it is stands in the way.
 */
import type { VersionRefusal, VersionRefusalCode } from '../domain/agreement/life/index.js';
import type { ReviewRefusal, ReviewRefusalCode } from '../domain/reviews/index.js';
import type { Refusal, RefusalCode } from '../domain/lifecycle/commands.js';
import { iso } from './views/iso.js';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

/** Mistakes of the request, and what this server cannot do at present. */
export const requestProblems = {
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    advice: 'Send one JSON object; the parser says where it stopped.',
  },
  'malformed-path': {
    status: 400,
    title: 'The path cannot be decoded',
    advice: 'Percent-encode external ids as UTF-8, for instance with encodeURIComponent.',
  },
  'malformed-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key cannot be used',
    advice: 'Send 1 to 200 printable ASCII characters, a fresh UUID for each new command.',
  },
  'key-required': {
    status: 401,
    title: 'No API key',
    advice: 'Send the header "Authorization: Bearer <key>"; npm start prints the administrator\'s key.',
  },
  'key-unknown': {
    status: 401,
    title: 'Unknown API key',
    advice: 'Check the key for a missing or extra character, or ask the administrator for a new one.',
  },
  'key-expired': {
    status: 401,
    title: 'The API key has expired',
    advice: 'Ask the administrator for a new one.',
  },
  'key-revoked': {
    status: 401,
    title: 'The API key was revoked',
    advice: 'Ask the administrator for a new one.',
  },
  'key-without-person': {
    status: 401,
    title: 'The person of the API key is no longer in the directory',
    advice: 'Ask the administrator for a key of somebody who is.',
  },
  'role-missing': {
    status: 403,
    title: 'The role of the API key does not allow this',
    advice: 'Use a key with one of the roles that may, or ask somebody who has one.',
  },
  'by-another-person': {
    status: 403,
    title: 'The key does not speak for that person',
    advice: 'Leave by out to speak for yourself, or use a key of whoever said it.',
  },
  'belongs-to-another': {
    status: 403,
    title: 'This belongs to another',
    advice:
      "A rep reads and works own leads and those in the queue of the own team: ask the team's manager to reassign.",
  },
  'unknown-lead': {
    status: 404,
    title: 'Unknown lead',
    advice: 'Use the leadId that intake answered, or source:externalId exactly as they were posted.',
  },
  'unknown-person': {
    status: 404,
    title: 'Unknown person',
    advice: 'Use the id under which the person stands in the directory.',
  },
  'unknown-version': {
    status: 404,
    title: 'Unknown version of an agreement',
    advice: 'Use the name of an agreement and the number of one of its versions.',
  },
  'unknown-rollout': {
    status: 404,
    title: 'Unknown rollout',
    advice: 'GET /v1/rollouts lists them, each with its rolloutId.',
  },
  'unknown-command': {
    status: 404,
    title: 'Unknown command',
    advice: 'Use the Location of the 202 answer or its commandId.',
  },
  'unknown-api-key': {
    status: 404,
    title: 'Unknown API key',
    advice: 'Use the id that the list of keys shows, not the key itself.',
  },
  'unknown-report': {
    status: 404,
    title: 'Unknown report',
    advice: 'Use one of the reports that the detail lists.',
  },
  'unknown-review': {
    status: 404,
    title: 'Unknown review',
    advice: 'GET /v1/reviews lists them, each with its reviewId.',
  },
  'unknown-route': {
    status: 404,
    title: 'There is nothing at this address',
    advice: 'docs/api.md lists every route.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    advice: 'The header Allow lists the methods it takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'The header Accept names no form in which this is given',
    advice: 'Name one of those that the detail lists, or leave the header out.',
  },
  'own-key': {
    status: 409,
    title: 'A key does not revoke itself',
    advice: "Make a new key first and revoke this one with it, or with the administrator's.",
  },
  'version-not-active': {
    status: 409,
    title: 'Only the active version is brought to running leads',
    advice: 'Publish it first, or roll out the version that is active.',
  },
  'unknown-correction': {
    status: 404,
    title: 'Unknown correction',
    advice: 'GET /v1/corrections lists them, each with its correctionId.',
  },
  'own-correction': {
    status: 403,
    title: 'Nobody approves a correction of their own',
    advice: 'Ask another leader, or a head who signed the agreement, to look at its verdicts and approve it.',
  },
  'correction-under-way': {
    status: 409,
    title: 'The agreement has a correction that is not done',
    advice: 'Have it approved, or withdraw it first: each correction is made upon the ones before.',
  },
  'correction-standing': {
    status: 409,
    title: 'The correction does not take that order as it stands',
    advice: 'takes in its view lists what it takes.',
  },
  'rollout-under-way': {
    status: 409,
    title: 'The agreement has a rollout under way',
    advice: 'Wait for its end, or abort it first: one at a time.',
  },
  'rollout-standing': {
    status: 409,
    title: 'The rollout does not take that order as it stands',
    advice: 'takes in its view lists what it takes.',
  },
  'version-superseded': {
    status: 409,
    title: 'The version was superseded',
    advice: 'No new lead follows it; speak of the active version.',
  },
  'not-in-shadow': {
    status: 409,
    title: 'The version is not in shadow',
    advice: 'It is live: its notices leave and its ladders move leads. Nothing to do.',
  },
  'ladder-is-live': {
    status: 409,
    title: 'The ladder is live',
    advice: 'Nothing to do; GET the shadow of the version to see which ladders are silent.',
  },
  'other-currency': {
    status: 409,
    title: 'Costs of the agreement stand in another currency',
    advice: 'Convert the amount: all costs of an agreement are added up in one currency.',
  },
  'agreement-exists': {
    status: 409,
    title: 'There is an agreement of that name',
    advice: 'Post the document to its versions, or give it a name of its own.',
  },
  'from-elsewhere': {
    status: 403,
    title: 'The form was sent from another site',
    advice: 'Open the sign-in page of this server itself and send it from there.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many wrong keys came from this address',
    advice: 'Wait until Retry-After has passed, then use the right key.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    advice: 'Send one lead or command per request, at most 256 kB.',
  },
  'not-json': {
    status: 415,
    title: 'The body is not declared as JSON',
    advice: 'Send the header "Content-Type: application/json", encoded as UTF-8.',
  },
  'invalid-body': {
    status: 422,
    title: 'The body does not fit',
    advice: 'Mend every field named in errors and send it again.',
  },
  'invalid-query': {
    status: 422,
    title: 'What stands behind the question mark does not fit',
    advice: 'Mend every parameter named in errors and ask again.',
  },
  'invalid-document': {
    status: 422,
    title: 'The document is not an agreement that could be signed',
    advice: 'Mend every line named in errors and send it again.',
  },
  'unknown-agreement': {
    status: 422,
    title: 'Unknown agreement',
    advice: 'Name an agreement with an active version, or leave the field out to use the default one.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key came before with another command',
    advice: 'Use a fresh key for each new command, and the old one only to repeat the same command.',
  },
  'internal-error': {
    status: 500,
    title: 'Something is wrong on our side',
    advice: 'Send the request again with the same Idempotency-Key or body; the log has the cause under the requestId.',
  },
  'no-agreement': {
    status: 503,
    title: 'No agreement is in force',
    advice: 'Publish one and mark it as default, then send the lead again.',
  },
  'database-away': {
    status: 503,
    title: 'The database does not answer',
    advice:
      'Send the same request again in a moment: a lead is never taken twice, nor a command with an Idempotency-Key.',
  },
} as const satisfies Record<string, ProblemKind>;

const refusal = (title: string, advice: string): ProblemKind => ({ status: 409, title, advice });

/** What each refusal of the rules means, in the order of the specification's table (§5). */
export const refusalProblems: Readonly<Record<RefusalCode, ProblemKind>> = {
  'lead-closed': refusal(
    'The lead is closed',
    'It still takes feedback, signal, enrich, opportunity, acknowledge and apply-agreement; reopen takes back a closing by mistake.',
  ),
  'already-decided': refusal(
    'The lead was accepted or rejected before',
    'A human touch also accepts. To end it, dispose of it with a route or a reason.',
  ),
  'not-accepted': refusal('The lead is not accepted yet', 'Send accept, or log the first human touch, then try again.'),
  'unknown-reason': refusal(
    'The agreement has no such reason',
    'Use a reason that the agreement lists for this command.',
  ),
  'notes-required': refusal('This reason asks for notes', 'Send the command again with notes that say why.'),
  'wake-date-required': refusal(
    'This reason asks for a date to come back',
    'Send the command again with wakeOn, a date like 2027-02-01.',
  ),
  'qualification-incomplete': refusal(
    'The lead is not sales-qualified by the agreement',
    'Confirm the open questions or a named intent with qualify, then dispose again.',
  ),
  'touches-missing': refusal(
    'The agreed touches have not been made',
    'Make and log the touches that are missing, or choose another reason.',
  ),
  'contact-missing': refusal(
    'This reason asks that the prospect was reached',
    'Log the touch that reached them, or choose another reason.',
  ),
  'recycle-limit': refusal(
    'The lead has been recycled as often as the agreement allows',
    'Choose a reason whose route is nurture or disqualified.',
  ),
  'occurred-in-future': refusal(
    'occurredAt lies in the future',
    'Send when it happened, or leave occurredAt out if it was just now.',
  ),
  'occurred-before-handoff': refusal(
    'occurredAt lies before this cycle of the lead began',
    'Touches of earlier times belong to no promise; correct the instant.',
  ),
  'next-step-out-of-range': refusal(
    'nextStepAt is not after now, or further ahead than the agreement allows',
    'Choose an instant within that range.',
  ),
  'no-feedback-due': refusal(
    'No feedback is awaited for this lead',
    'Feedback is due after a disqualification, once, unless notes came with it.',
  ),
  'unknown-person': refusal('The directory has no such person', 'Use the id of a person in the directory.'),
  'same-owner': refusal('That person owns the lead already', 'Name somebody else, or leave it as it is.'),
  'already-paused': refusal('The lead is paused already', 'Send resume first.'),
  'pause-limit': refusal(
    'The lead has been paused as often as the agreement allows in a cycle',
    'Work it, or dispose of it.',
  ),
  'not-paused': refusal('The lead is not paused', 'Nothing to do; a dispute is ended by resolve-dispute.'),
  'nothing-to-acknowledge': refusal(
    'That clock has no escalation to acknowledge',
    'Acknowledge after a tier has fired and before the clock ends.',
  ),
  'already-acknowledged': refusal(
    'That tier was acknowledged before',
    'Each tier can be put off once: act on the lead.',
  ),
  'already-disputed': refusal(
    'The lead has been disputed as often as the agreement allows in a cycle',
    'Wait for the decision, or reject or dispose of it.',
  ),
  'no-dispute': refusal('There is no open dispute', 'Nothing to resolve.'),
  'not-sales-qualified': refusal(
    'The lead is not sales-qualified',
    'Dispose of it with the route sales-qualified first.',
  ),
  'not-closed': refusal('The lead is being worked', 'Nothing to reopen: it is in mql or sal.'),
  'not-reopenable': refusal(
    'A lead of this stage cannot be reopened',
    'Reopen takes back a disposition, a rejection or an upheld dispute; an opportunity goes on by itself.',
  ),
  'not-disqualified': refusal('The lead is not disqualified', 'Only a disqualified lead can qualify anew.'),
  'opted-out': refusal('The prospect asked to be left in peace', 'Do not contact them; nothing brings this lead back.'),
  'not-qualified': refusal(
    'The lead does not qualify anew by an act of its own',
    'It has to do something that makes an MQL after its closing, and meet every criterion.',
  ),
  'unknown-touch': refusal(
    'This cycle has no touch with that sequence',
    'The timeline lists the touches of the lead, each with its seq.',
  ),
  'already-bounced': refusal('That touch is marked as bounced already', 'Nothing to do.'),
  'acted-on': refusal(
    'Something has happened on this lead since the rollout',
    'Its terms stay as the rollout left them; give it others with apply-agreement.',
  ),
  'invalid-agreement': refusal(
    'The changed agreement is not valid',
    'Mend every line named in errors and send the command again.',
  ),
};

/** What each refusal of a version's life means; nothing has changed. */
export const versionProblems: Readonly<Record<Exclude<VersionRefusalCode, 'unknown-version'>, ProblemKind>> = {
  'version-frozen': refusal(
    'Only a draft can be changed',
    'Return it to draft while it is not active, or begin the next version from this one.',
  ),
  'not-a-draft': refusal('Only a draft can be submitted', 'Begin the next version, or return this one to draft.'),
  'not-a-signer': {
    status: 403,
    title: 'The key does not speak for a signer of this version',
    advice: 'Use the key of one of the people who may sign it, or name other signers in a draft.',
  },
  'hash-not-current': refusal(
    'The version says something else by now',
    'Read it as it is, and name the hash that it has.',
  ),
  'already-signed': refusal(
    'That side has signed, or this person has',
    'Nothing to do; the other side has to be signed by somebody else.',
  ),
  'signature-withdrawn': refusal(
    'A signature was withdrawn, so the version is a draft again',
    'Have it submitted again; then both sides sign anew.',
  ),
  'not-in-review': refusal('The version is not in review', 'Submit the draft first.'),
  'nothing-to-withdraw': refusal(
    'There is nothing to take back',
    'A draft is what it would become; a signer who has not signed can return the version to draft.',
  ),
  'already-active': refusal('The version is or was in force', 'Begin the next version and have it signed.'),
  'already-published': refusal('The version was published before', 'Nothing to do; its effectiveAt says from when on.'),
  'signatures-missing': refusal('The version is not signed by both sides', 'Have the sides that are named sign first.'),
  'signers-missing': refusal(
    'The version could never be signed by two people',
    'Name a signer for each side in the document, and have the directory know them.',
  ),
  'overlapping-versions': refusal(
    'The version would begin before, or together with, one that is published',
    'Choose a later effectiveFrom in a draft, or return the scheduled version to draft.',
  ),
  'link-used': {
    status: 410,
    title: 'The signing link no longer works',
    advice: 'It signs once, in the review for which it was sent, until it expires; sign with your key instead.',
  },
};

/** What each refusal of a review means; nothing has changed. */
export const reviewProblems: Readonly<Record<ReviewRefusalCode, ProblemKind>> = {
  'review-closed': refusal('The review is closed', 'Say it in the next one; only its decisions can still be settled.'),
  'no-shortfall': refusal(
    'The review has no such commitment below what was agreed',
    'Answer for one of those in shortfalls.',
  ),
  'nothing-to-deliver': refusal('Nothing of that name is due', 'Name one of deliverables as the agreement writes it.'),
  'owner-unknown': refusal('The directory does not know the owner', 'Give the decision to somebody who is in it.'),
  'due-in-past': refusal('The day is over', 'Choose a day that has not ended in the zone of the agreement.'),
  'too-many-decisions': refusal(
    'The review has as many decisions as were agreed',
    'Drop what matters least: it is better to carry out few.',
  ),
  'no-proposal': refusal('The review has no such proposal', 'Use the id of one of its proposals.'),
  'review-open': refusal('The review is open', 'Close it first: a draft is opened with what it accepted in the end.'),
  'nothing-accepted': refusal(
    'The review has accepted no proposal',
    'Accept proposals before it closes, or begin the next version by POST /v1/agreements/{name}/versions.',
  ),
  'draft-opened': refusal('The review has opened its draft', 'Go on with the version in draft.'),
  'no-decision': refusal('The review has no such decision', 'Use the n of one of its decisions.'),
  'decision-settled': refusal('The decision was settled before', 'Nothing to do.'),
  'word-missing': refusal('Sales has said nothing of the leads', 'Record the word of sales on their quality first.'),
  'deliverables-unconfirmed': refusal(
    'Nobody has said whether all was delivered that is due',
    'Say of each of deliverables whether it was.',
  ),
  'answers-missing': refusal('A commitment that was not kept has no answer', 'Answer for each of commitments.'),
  'decisions-missing': refusal('The review has fewer decisions than were agreed', 'Record what was decided first.'),
};

export type RequestProblemCode = keyof typeof requestProblems;
export type ProblemCode = RequestProblemCode | RefusalCode | VersionRefusalCode | ReviewRefusalCode;

/** One mistake and where it is: a path into the body, dotted, with list elements counted from 0. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** In a document that was sent as text; both count from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** The body of every answer of 400 and above, as application/problem+json. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly FieldError[];
  /** What stood in the way, as data. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

interface ProblemParticulars {
  /** What exactly is wrong this time; the advice follows it. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by routes and caught once, at the edge. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RequestProblemCode, { detail, errors, headers }: ProblemParticulars = {}) {
    const kind = requestProblems[code];
    super(detail ?? kind.title);
    this.name = 'ProblemError';
    this.problem = { ...problemOf(code, kind, detail), ...(errors === undefined ? {} : { errors }) };
    this.headers = headers ?? {};
  }
}

/** A refusal of the rules as the caller reads it. */
export function refusalProblem({ code, detail }: Refusal): Problem {
  const errors = mistakesOf(detail);
  return {
    ...problemOf(code, refusalProblems[code], code === 'lead-closed' ? closingText(detail) : undefined),
    ...(Object.keys(detail).length === 0 ? {} : { facts: factsOf(detail) }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** A refusal of a version's life as the caller reads it. */
export function versionProblem({ code, detail }: VersionRefusal): Problem {
  const kind = code === 'unknown-version' ? requestProblems[code] : versionProblems[code];
  const facts = Object.keys(detail).length === 0 ? {} : { facts: factsOf(detail) };
  return { ...problemOf(code, kind), ...facts };
}

/** A refusal of a review as the caller reads it. */
export function reviewProblem({ code, detail }: ReviewRefusal): Problem {
  const facts = Object.keys(detail).length === 0 ? {} : { facts: factsOf(detail) };
  return { ...problemOf(code, reviewProblems[code]), ...facts };
}

/** Two may decide at once: whoever comes second learns who was first, and when. */
function closingText({ stage, by, at, cause }: Refusal['detail']): string | undefined {
  if (typeof at !== 'number') return undefined;
  const who = typeof by === 'string' ? `${by} closed it` : 'It was closed';
  return `The lead is ${String(stage)}. ${who} at ${iso(at)} (${String(cause)})`;
}

/** What stood in the way; instants as all answers write them. */
const factsOf = (detail: Refusal['detail']): Refusal['detail'] =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'number' && isInstantName(name) ? iso(value) : value,
    ]),
  );

const isInstantName = (name: string): boolean => name === 'at' || name === 'since' || name.endsWith('At');

const problemOf = (code: ProblemCode, kind: ProblemKind, detail?: string): Problem => ({
  type: `urn:handoff:problem:${code}`,
  title: kind.title,
  status: kind.status,
  detail: `${sentence(detail ?? kind.title)} ${kind.advice}`,
  code,
});

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The mistakes of a changed agreement stand in its refusal as `path: message`. */
function mistakesOf(detail: Refusal['detail']): readonly FieldError[] {
  const mistakes: unknown = detail['mistakes'];
  if (!Array.isArray(mistakes)) return [];
  return mistakes.map(String).map((text) => {
    const [path = '', message] = text.split(/: (.*)/s);
    return message === undefined ? { path: 'set', message: text } : { path, message };
  });
}
