// Here lives what the demo hands over: two agreements, their people, and a handful of leads. It is sample data only;
// the product behaves the same without it.
import type { Fields } from '../../domain/agreement/index.js';

/** A lead as it is posted, and what is then said about it. */
export interface DemoLead {
  readonly externalId: string;
  readonly agreement: 'inbound-demo' | 'inbound-saas';
  readonly fields: Fields;
  readonly signals: readonly { readonly action?: string; readonly signal?: string; readonly value?: number }[];
  readonly commands: readonly DemoCommand[];
}

export interface DemoCommand {
  readonly command: string;
  /** Without `by`: the lead's owner says it. */
  readonly body: Readonly<Record<string, unknown>>;
}

const aProspect = {
  jobTitle: 'Head of Operations',
  jobLevel: 'director',
  country: 'US',
  employees: 180,
  source: 'webinar',
  score: 78,
  industry: 'software',
  annualRevenue: 14_000_000,
} as const satisfies Fields;

type Person = readonly [firstName: string, lastName: string, company: string, domain: string];

const lead = (
  externalId: string,
  person: Person,
  particulars: Partial<Omit<DemoLead, 'externalId'>> = {},
): DemoLead => {
  const [firstName, lastName, company, domain] = person;
  const email = `${firstName}.${lastName}@${domain}`.toLowerCase();
  return {
    externalId,
    agreement: 'inbound-demo',
    signals: [],
    commands: [],
    ...particulars,
    fields: { email, firstName, lastName, company, ...aProspect, ...particulars.fields },
  };
};

/** Sent by the source `demo`, in this order. */
export const demoLeads: readonly DemoLead[] = [
  // Nobody answers this one: warnings after 20 s and 30 s, tiers after 40 s and 80 s, then it changes hands.
  lead('nobody-answers', ['Grace', 'Okafor', 'Northwind Freight', 'northwind.example']),
  // Ten seconds to answer, because a demo was asked for.
  lead('asked-for-a-demo', ['Marco', 'Lindqvist', 'Fjord Robotics', 'fjord.example'], {
    fields: { jobTitle: 'Chief Technology Officer', jobLevel: 'c-level', source: 'website' },
    signals: [{ action: 'pricing-page-visit' }, { action: 'demo-request' }],
  }),
  // Served by the west, and large.
  lead('enterprise-in-the-west', ['Aiko', 'Tanaka', 'Pacific Grid', 'pacificgrid.example'], {
    fields: { employees: 2_400, region: 'west', annualRevenue: 310_000_000, industry: 'energy' },
  }),
  // Answered in time: no warning, no escalation.
  lead('answered-at-once', ['Lena', 'Brandt', 'Kettle and Co', 'kettle.example'], {
    commands: [
      { command: 'accept', body: {} },
      { command: 'touch', body: { channel: 'phone', outcome: 'reached' } },
      { command: 'qualify', body: { need: true, authority: true, note: 'Replaces a spreadsheet this quarter' } },
      { command: 'status', body: { text: 'Call with the whole team next week' } },
    ],
  }),
  // Not what was agreed: stored and shown as excluded, no clock runs.
  lead('a-student', ['Tom', 'Reyes', 'State College', 'college.example'], {
    fields: { jobTitle: 'Student', jobLevel: 'student', employees: 20, score: 35 },
  }),
  // The real promises, in business hours.
  lead('in-business-hours', ['Priya', 'Nair', 'Harbor Health', 'harborhealth.example'], {
    agreement: 'inbound-saas',
    fields: { employees: 420, industry: 'health care', country: 'CA' },
  }),
];
