/** Promise: a version concerns the leads that run and no others, and what became of each lead is kept right, late or not. */
import type { Stores } from '../../src/db/index.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import type { RolloutToStart } from '../../src/domain/rollout/ports.js';
import { agreement, agreementText, goodFields, handedOff, HOUR_MS, mondayTen, say } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let stores: Stores;
let workspaceCount = 0;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());
beforeEach(() => {
  workspaceCount += 1;
  stores = opened.database.inWorkspace(`test-${workspaceCount}`);
});

const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
const next = { ...agreement, key: 'the-next-one', version: 2 };
const ops = { by: 'sales-ops', principal: 'key:k_ops' };

const at = (hours: number): number => mondayTen + hours * HOUR_MS;
/** Nothing is missing: marketing owes nothing more. */
const fields = { ...goodFields, industry: 'steel', annualRevenue: 5_000_000 };
const lead = (): Run => say(handedOff({ holder, fields }), at(0), { type: 'notified', recipient: 'rep-east-1' });
const accepted = (): Run => say(lead(), at(1), { type: 'accept' });
const closed = (reason: string, notes?: string): Run =>
  say(lead(), at(1), { type: 'reject', reason, ...(notes !== undefined && { notes }) });
const changed = (running: RolloutMode): Run =>
  say(lead(), at(1), { type: 'apply-agreement', agreement: next, running });

const concern = (mode: RolloutMode, segments: readonly string[] = []) => ({
  agreement: { key: next.key, name: next.name, version: next.version },
  mode,
  segments,
});

async function keep(run: Run): Promise<void> {
  await stores.ledger.append(run.state.leadId, run.events);
}

const isConcerned = async (mode: RolloutMode, segments?: readonly string[]): Promise<boolean> =>
  (await stores.runningLeads.page(concern(mode, segments), undefined, 10)).length === 1;

describe('a version concerns', () => {
  test.each<{ label: string; run: () => Run; is: boolean }>([
    { label: 'a lead that nobody has decided', run: lead, is: true },
    { label: 'a lead that is worked', run: accepted, is: true },
    { label: 'a lead in nurture: its next cycle follows it', run: () => closed('not-ready', 'next year'), is: true },
    { label: 'a closed lead with feedback still due', run: () => closed('bad-data'), is: true },
    { label: 'no lead that is closed and waits for nothing', run: () => closed('bad-data', 'a school'), is: false },
    {
      label: 'no lead that sales has',
      run: () =>
        say(say(accepted(), at(2), { type: 'qualify', intent: 'demo-held' }), at(3), {
          type: 'dispose',
          route: 'sales-qualified',
        }),
      is: false,
    },
    {
      label: 'no lead that was excluded',
      run: () => handedOff({ fields: { ...goodFields, employees: 3 } }),
      is: false,
    },
    {
      label: 'no lead of another agreement',
      run: () => handedOff({ holder, agreement: { ...agreement, name: 'other' } }),
      is: false,
    },
  ])('$label', async ({ run, is }) => {
    await keep(run());
    expect(await isConcerned('keep')).toBe(is);
    expect(await isConcerned('recompute')).toBe(is);
  });

  test('no lead that follows it with all its clocks; one whose clocks kept their terms only if they are to change', async () => {
    await keep(changed('recompute'));
    expect(await isConcerned('recompute')).toBe(false);
    stores = opened.database.inWorkspace(`test-${workspaceCount}-kept`);
    await keep(changed('keep'));
    expect(await isConcerned('keep')).toBe(false);
    expect(await isConcerned('used-time-stays')).toBe(true);
  });

  test('the leads of its segments alone', async () => {
    await keep(lead());
    expect(await isConcerned('keep', ['mid-market'])).toBe(true);
    expect(await isConcerned('keep', ['enterprise'])).toBe(false);
  });
});

describe('a rollout that was started', () => {
  const rollout: RolloutToStart = { ...concern('keep'), id: 'ro_1', leadsPerSecond: 20, startedAt: at(2) };
  beforeEach(async () => {
    const document = { terms: agreement, text: agreementText, canonical: '{}' };
    await stores.agreements.saveAgreement(document);
    await stores.agreements.saveAgreement({ ...document, terms: next });
    await keep(lead());
    expect(await stores.rollouts.start(rollout, ops)).toEqual({ kind: 'started' });
    expect(await stores.rolloutBook.enrol('ro_1')).toBe(1);
  });

  const turn = async () => (await stores.rolloutBook.take((await stores.rollouts.find('ro_1'))!, 10))[0]!;

  test('takes each lead in once', async () => {
    expect(await stores.rolloutBook.enrol('ro_1')).toBe(0);
    expect((await stores.rollouts.find('ro_1'))?.counts).toMatchObject({ waiting: 1, applied: 0 });
  });

  test('keeps the command of a lead as it was first stored', async () => {
    const { leadId, commandId: id } = await turn();
    const first = { id, leadId, type: 'apply-agreement', body: {}, by: 'sales-ops', receivedAt: at(3) } as const;
    await stores.rolloutBook.storeCommands([first]);
    const [again] = await stores.rolloutBook.storeCommands([{ ...first, receivedAt: at(4) }]);
    expect(again).toEqual({ command: first, outcome: { kind: 'unanswered' } });
  });

  test('counts a lead that failed as applied once its command is taken after all', async () => {
    const { leadId, commandId } = await turn();
    const command = { id: commandId, leadId, type: 'apply-agreement', body: {}, by: 'ops', receivedAt: at(3) } as const;
    await stores.rolloutBook.storeCommands([command]);
    const failed = { leadId, commandId, status: 'failed', code: 'unanswered', detail: { why: 'none' } } as const;
    await stores.rolloutBook.record('ro_1', [failed], 10);
    expect((await stores.rollouts.find('ro_1'))?.counts).toMatchObject({ failed: 1 });
    await stores.commands.complete(commandId, { kind: 'done', seq: 1 });
    expect((await stores.rollouts.find('ro_1'))?.counts).toMatchObject({ failed: 0, applied: 1 });
    expect(await stores.rollouts.leads('ro_1', 'applied', undefined, 10)).toEqual([
      { leadId, status: 'applied', attemptCount: 1, at: at(0), code: null, detail: null },
    ]);
  });

  test('of two orders at once, the second meets what the first has made of it', async () => {
    const orders = await Promise.all([
      stores.rollouts.order('ro_1', 'abort', ops, at(5)),
      stores.rollouts.order('ro_1', 'pause', ops, at(5)),
    ]);
    const kinds = orders.map(({ kind }) => kind).sort();
    const { status } = (await stores.rollouts.find('ro_1'))!;
    expect(status).toBe('aborted');
    expect([
      ['ordered', 'ordered'],
      ['ordered', 'out-of-place'],
    ]).toContainEqual(kinds);
  });

  test('of two that start at once, one is', async () => {
    await stores.rollouts.order('ro_1', 'abort', ops, at(5));
    const started = await Promise.all(
      ['ro_2', 'ro_3'].map((id) => stores.rollouts.start({ ...rollout, id, startedAt: at(6) }, ops)),
    );
    expect(started.map(({ kind }) => kind).sort()).toEqual(['started', 'under-way']);
  });
});
