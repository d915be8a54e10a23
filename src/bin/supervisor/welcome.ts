import { relative } from 'node:path';

export interface Welcome {
  readonly apiUrl: string;
  readonly inboxUrl: string | undefined;
  readonly temporalUiUrl: string | undefined;
  readonly adminKey: string;
  readonly keyFile: string;
  readonly isDemoOn: boolean;
}

/** A lead that the demo's agreement takes; its promises are counted in seconds. */
const firstLead = {
  source: 'website',
  externalId: 'my-first-lead',
  agreement: 'inbound-demo',
  fields: {
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Byron',
    company: 'Acme',
    jobTitle: 'Director of Operations',
    jobLevel: 'director',
    country: 'US',
    employees: 120,
    source: 'webinar',
    score: 82,
    industry: 'software',
    annualRevenue: 12_000_000,
  },
  signals: [],
} as const;

/** What to open and what to try first, once everything runs. */
export function renderWelcome({ apiUrl, inboxUrl, temporalUiUrl, adminKey, keyFile, isDemoOn }: Welcome): string {
  const rows = [
    ['API', apiUrl],
    ['reports', `${apiUrl}/reports  (sign in with the API key)`],
    ['inbox', inboxUrl ?? 'mails go to SMTP_URL'],
    ['Temporal UI', temporalUiUrl ?? 'that of the server at TEMPORAL_ADDRESS'],
    ['API key', `${adminKey}  (kept in ${relative('.', keyFile)})`],
  ] as const;
  const table = rows.map(([name, value]) => `    ${name.padEnd(13)} ${value}`).join('\n');
  return `
  Handoff is ready.

${table}

  ${isDemoOn ? 'Hand a lead over' : 'Once an agreement is published, hand a lead over (the demo publishes inbound-demo)'}, then look into the inbox:

${indented(firstLeadCommand(apiUrl, adminKey), 4)}

  Ctrl-C ends everything.
`;
}

const firstLeadCommand = (apiUrl: string, adminKey: string): string => `curl ${apiUrl}/v1/leads \\
  -H 'Authorization: Bearer ${adminKey}' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(firstLead)}'`;

const indented = (text: string, width: number): string => text.replaceAll(/^/gm, ' '.repeat(width));
