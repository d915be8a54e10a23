import { HOUR_MS, LeadWorld, until, type LiveLead } from './lead-world.js';

/** What sales ops see of a lead in the Temporal UI. */
let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

const attributesOf = async (lead: LiveLead) => {
  const { typedSearchAttributes } = await lead.handle.describe();
  return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
};

const detailsOf = async (lead: LiveLead): Promise<string> =>
  (await lead.handle.query<{ readonly currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;

async function atHour(hour: number): Promise<{ lead: LiveLead; handedOffAt: number }> {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + hour * HOUR_MS);
  return { lead, handedOffAt };
}

describe('a lead in the Temporal UI', () => {
  test('bears company and person, stage, owner, agreement and next due point', async () => {
    const { lead, handedOffAt } = await atHour(0);
    const description = await lead.handle.describe();
    expect(await description.staticSummary()).toBe('Acme · Ada Byron');
    expect(await attributesOf(lead)).toMatchObject({
      LeadStage: 'mql',
      SlaState: 'on-track',
      SlaDefinition: 'inbound-saas@1',
      LeadOwner: 'rep-east-1',
      LeadTeam: 'sdr-east',
      LeadSegment: 'smb',
      LeadSource: 'website',
      MqlAt: new Date(handedOffAt),
      NextDueAt: new Date(handedOffAt + 2 * HOUR_MS),
      BreachCount: 0,
      EscalationTier: 0,
      TouchCount: 0,
    });
  });

  test.each([
    { label: 'warned', hour: 2.5, expected: { SlaState: 'at-risk', BreachCount: 0, EscalationTier: 0 } },
    { label: 'breached', hour: 4.5, expected: { SlaState: 'breached', BreachCount: 1, EscalationTier: 1 } },
    {
      label: 'escalated twice',
      hour: 8.5,
      expected: { SlaState: 'breached', EscalationTier: 2, LeadOwner: /rep-east/ },
    },
  ])('is shown as $label', async ({ hour, expected: { LeadOwner, ...expected } }) => {
    const { lead } = await atHour(hour);
    const found = await until('it is shown', async () => {
      const attributes = await attributesOf(lead);
      return Object.entries(expected).every(([name, value]) => attributes[name] === value) ? attributes : undefined;
    });
    if (LeadOwner) expect(found.LeadOwner).not.toBe('rep-east-1');
  });

  test('is found by what it is searched for', async () => {
    const { lead } = await atHour(4.5);
    const query = `SlaState = 'breached' AND LeadTeam = 'sdr-east' AND WorkflowId = 'lead:${lead.id}'`;
    const found = await until('the search finds it', async () => {
      for await (const { workflowId } of world.client.workflow.list({ query })) return workflowId;
      return undefined;
    });
    expect(found).toBe(`lead:${lead.id}`);
  });

  test('says what it waits for, since when, until when, and who is next', async () => {
    const { lead, handedOffAt } = await atHour(4.5);
    const time = (hours: number): string => new Date(handedOffAt + hours * HOUR_MS).toISOString();
    const details = await until('the breach is shown', async () => {
      const text = await detailsOf(lead);
      return text.includes('(breached)') ? text : undefined;
    });
    expect(details.split('\n').slice(0, 3).join('\n')).toBe(
      `Acme, Ada, Byron, ${lead.id}@acme.example\n\n**mql**, cycle 1, held by **rep-east-1**, inbound-saas version 1`,
    );
    expect(details).toContain(
      `| first-response #1 | sales | ${time(0)} | ${time(4)} (breached) | vp-sales at ${time(8)} |`,
    );
    expect(details).toContain(`| acceptance #1 | sales | ${time(0)} | ${time(8)} | owner-manager at ${time(8)} |`);
  });
});
