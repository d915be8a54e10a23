// Here lives what the walk-through of docs/corrections.md is about: four leads of an October in which somebody had
// forgotten Columbus Day, told by the real core until nothing of them waits any more. Nothing here knows a table.
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import { goodFields, handedOff, say } from '../db/journeys.js';

/** A local time of New York in October 2026. */
const at = (dayAndTime: string): Instant => Date.parse(`2026-10-${dayAndTime}:00-04:00`);

const east = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
const west = { owner: 'rep-west-1', queue: null, team: 'sdr-west', calendar: 'sales-us-west' };

interface October {
  readonly leadId: string;
  readonly company: string;
  readonly handedOffAt: Instant;
  readonly answeredAt: Instant;
  /** Default: at once. */
  readonly loggedAt?: Instant;
  readonly holder?: typeof east;
}

const leads: readonly October[] = [
  { leadId: 'northwind', company: 'Northwind', handedOffAt: at('09T16:00'), answeredAt: at('13T10:00') },
  { leadId: 'fjord', company: 'Fjord', handedOffAt: at('12T10:00'), answeredAt: at('13T15:00') },
  { leadId: 'pacific', company: 'Pacific', handedOffAt: at('09T16:00'), answeredAt: at('13T15:00'), holder: west },
  {
    leadId: 'harbor',
    company: 'Harbor',
    handedOffAt: at('14T10:00'),
    answeredAt: at('14T11:00'),
    loggedAt: at('16T15:00'),
  },
];

/** Each answered, disqualified two hours later, and told about half an hour after that. */
export const octoberLeads = (agreement: AgreementTerms): readonly Run[] => leads.map((lead) => tell(lead, agreement));

const HOUR_MS = 3_600_000;

function tell(
  { leadId, company, handedOffAt, answeredAt, loggedAt, holder = east }: October,
  agreement: AgreementTerms,
) {
  const fields = {
    ...goodFields,
    email: `ada@${leadId}.example`,
    company,
    industry: 'software',
    annualRevenue: 5_000_000,
  };
  const toldAt = loggedAt ?? answeredAt;
  const begun = handedOff({ leadId, at: handedOffAt, agreement, holder, externalId: leadId, fields });
  const known = say(begun, handedOffAt + 40_000, { type: 'notified', recipient: holder.owner });
  const late = loggedAt === undefined ? {} : { occurredAt: answeredAt };
  const touched = say(known, toldAt, { type: 'touch', channel: 'phone', outcome: 'reached', ...late });
  const disposed = say(touched, toldAt + 1.5 * HOUR_MS, { type: 'dispose', reason: 'not-icp' });
  const run = say(disposed, toldAt + 1.75 * HOUR_MS, { type: 'feedback', notes: 'a reseller' });
  if (nextDue(run.state)) throw new Error(`${leadId} still waits for ${JSON.stringify(nextDue(run.state))}`);
  return run;
}
