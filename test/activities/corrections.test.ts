/**
 * Promise: a correction of a calendar finds every lead with a clock that followed it on those days, whatever agreement
 * the lead has followed since: one with lines of its own, a former version, a later one, several in turn.
 */
import { createCorrectionActivities } from '../../activities/corrections.js';
import { CorrectionDesk } from '../../src/api/corrections/correction-desk.js';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import { type Stores } from '../../src/db/index.js';
import { canonicalJson, changeAgreement, parseAgreement, type AgreementDocument } from '../../src/documents/index.js';
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { CorrectedVerdict, Correction } from '../../src/domain/correction/index.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import { dateStart } from '../../src/zones/index.js';
import { agreementText, handedOff, HOUR_MS, mondayTen, passUntil, say } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const tuesday = '2026-11-24';
/** Its first response is due on Tuesday at 11:00, or, had everybody known of the holiday, on Wednesday at 11:00. */
const handedOffAt = mondayTen + 5 * HOUR_MS;
const tuesdayHalfPastTen = mondayTen + 24.5 * HOUR_MS;
const wednesdayTen = mondayTen + 48 * HOUR_MS;
const fridayTen = mondayTen + 96 * HOUR_MS;
const nextSpring = Date.parse('2027-03-01T15:00:00Z');
const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };

const { document } = parseAgreement(agreementText, 'inbound-saas.yaml', calendarKeys, { at: handedOffAt });

interface Saved {
  readonly terms: AgreementTerms;
  readonly document: AgreementDocument;
}

function documentWith(set: Readonly<Record<string, unknown>>, version: number): Saved {
  const changed = changeAgreement(document!, set, calendarKeys, { at: handedOffAt, version });
  if (changed.document === undefined) throw new Error(changed.mistakes.join('\n'));
  return changed;
}

const first = documentWith({}, 1);
const second = documentWith({ 'clocks.first-response.goal': '91%' }, 2);
const asFile = ({ terms, document: written }: Saved) => ({
  terms,
  text: JSON.stringify(written),
  canonical: canonicalJson(written),
});

/** Two versions in a workspace of the test's own, and what a correction of it comes to. */
class Installation {
  private constructor(private readonly stores: Stores) {}

  static async of(workspace: string): Promise<Installation> {
    const stores = opened.database.inWorkspace(workspace);
    await stores.agreements.saveAgreement(asFile(first));
    await stores.agreements.saveAgreement(asFile(second));
    return new Installation(stores);
  }

  /** @param batchSize so many events are recorded at once, the next ones each time */
  async record(leadId: string, { run, own = [] }: Told, batchSize: number): Promise<void> {
    for (const one of own) await this.stores.agreements.saveDocument(asFile(one));
    for (let from = 0; from < run.events.length; from += batchSize) {
      await this.stores.ledger.append(leadId, run.events.slice(from, from + batchSize));
    }
  }

  async listed(
    id: string,
    versions: readonly number[],
    days: Readonly<Record<string, readonly string[]>>,
    createdAt = fridayTen,
  ) {
    const subject = { agreement: 'inbound-saas', versions, calendar: 'sales-us-east', days };
    const drafted = await this.#desk.draft({ id, subject, reason: 'a holiday', createdAt }, ops);
    if (drafted.kind !== 'made') throw new Error(JSON.stringify(drafted));
    const correction = await this.#untilListed(id);
    const verdicts = await this.stores.corrections.verdicts(id, 'listed', undefined, 100);
    return { correction, verdicts };
  }

  approve = (id: string) => this.stores.corrections.order(id, 'approve', leader, fridayTen);
  withdraw = (id: string) => this.stores.corrections.order(id, 'withdraw', leader, fridayTen);

  async #untilListed(id: string): Promise<Correction> {
    const { judgeBatch } = createCorrectionActivities({
      storesOf: () => ({ ...this.stores, workflows: { deliver: () => Promise.reject(new Error('nobody runs')) } }),
      calendar: answerFromCalendar,
      now: () => fridayTen,
    });
    for (;;) {
      const { correction } = await judgeBatch({ workspace: this.stores.workspace, correctionId: id });
      if (correction.status !== 'listing') return correction;
    }
  }

  get #desk(): CorrectionDesk {
    const silent = { info: () => {}, warn: () => {}, error: () => {} };
    const correctionWorkflows = { nudge: () => Promise.resolve() };
    return new CorrectionDesk({ ...this.stores, calendars: calendarKeys, dateStart, correctionWorkflows, log: silent });
  }
}

const ops = { by: 'marketing-ops', principal: 'key:ops' };
const leader = { by: 'vp-sales', principal: 'key:vp' };

/** A lead's story, with the documents that it follows alone. */
interface Told {
  readonly run: Run;
  readonly own?: readonly Saved[];
}

const handOff = (agreement = first.terms): Run => handedOff({ leadId: 'lead-1', at: handedOffAt, agreement, holder });

const follow = (run: Run, { terms }: Saved, running: RolloutMode, at = run.state.appliedAt + HOUR_MS / 2): Run =>
  say(run, at, { type: 'apply-agreement', agreement: terms, running });

/** Somebody calls on Wednesday at 10:00: late, unless Tuesday was a holiday. */
const answered = (run: Run): Run =>
  passUntil(say(run, wednesdayTen, { type: 'touch', channel: 'phone', outcome: 'reached' }), wednesdayTen);

function withLines(set: Readonly<Record<string, unknown>>, running: RolloutMode, version = first): Told {
  const own = documentWith(set, version.terms.version);
  return { run: answered(follow(handOff(version.terms), own, running)), own: [own] };
}

const patient = { 'clocks.first-response.warn': [] };
const exceptionOn = (hours: readonly string[]) => ({ [`calendars.sales-us-east.exceptions.${tuesday}`]: hours });

/** What is listed of first responses. */
const inWords = (verdicts: readonly CorrectedVerdict[]): readonly string[] =>
  verdicts
    .filter(({ clock }) => clock === 'first-response')
    .map(({ was, is }) => `${was.verdict} → ${is.verdict}, due ${(is.dueAt! - was.dueAt!) / HOUR_MS} h later`);

const put = ['breached → met, due 24 h later'];

interface Case {
  readonly label: string;
  readonly told: () => Told;
  readonly versions?: readonly number[];
  readonly listed: readonly string[];
}

const cases: readonly Case[] = [
  { label: 'a lead that follows the version', told: () => ({ run: answered(handOff()) }), listed: put },
  ...(['recompute', 'used-time-stays', 'keep'] as const).map((running) => ({
    label: `a lead with lines of its own, ${running}`,
    told: () => withLines(patient, running),
    listed: put,
  })),
  {
    label: 'a lead whose own lines say what held on another day',
    told: () => withLines({ 'calendars.sales-us-east.exceptions.2026-11-30': [] }, 'recompute'),
    listed: put,
  },
  {
    label: 'a lead with lines upon lines of its own',
    told: () => {
      const [one, two] = [documentWith(patient, 1), documentWith({ ...patient, 'clocks.acceptance.warn': [] }, 1)];
      const run = follow(follow(handOff(), one, 'recompute'), two, 'used-time-stays');
      return { run: answered(run), own: [one, two] };
    },
    listed: put,
  },
  {
    label: 'a lead that had lines of its own before it came to the next version',
    told: () => {
      const own = documentWith(patient, 1);
      const run = follow(follow(handOff(), own, 'recompute'), second, 'used-time-stays', tuesdayHalfPastTen);
      return { run: answered(run), own: [own] };
    },
    listed: ['breached → breached, due 1.5 h later'],
  },
  {
    label: 'a lead that was told to follow the next version only with what comes next',
    told: () => ({ run: answered(follow(handOff(), second, 'keep')) }),
    listed: put,
  },
  {
    label: 'a lead whose clock spent the day under the former version',
    told: () => ({ run: answered(follow(handOff(), second, 'used-time-stays', tuesdayHalfPastTen)) }),
    listed: ['breached → breached, due 1.5 h later'],
  },
  {
    label: 'a lead whose clock spent the day under both versions',
    told: () => ({ run: answered(follow(handOff(), second, 'used-time-stays', tuesdayHalfPastTen)) }),
    versions: [1, 2],
    listed: put,
  },
  {
    label: 'a lead that follows the other version',
    told: () => ({ run: answered(handOff(second.terms)) }),
    listed: [],
  },
  {
    label: 'a lead with lines of its own of the other version',
    told: () => withLines({ 'clocks.acceptance.warn': [] }, 'recompute', second),
    listed: [],
  },
  {
    label: 'a lead with lines of its own of the version named last',
    told: () => withLines(patient, 'recompute', second),
    versions: [1, 2],
    listed: put,
  },
  {
    label: 'a lead for which alone that day was settled',
    told: () => withLines(exceptionOn(['09:00-09:30', '16:00-17:00']), 'recompute'),
    listed: [],
  },
];

describe.each([
  { recorded: 'as it went on', batchSize: 1 },
  { recorded: 'at once', batchSize: 1_000 },
])('a forgotten holiday, of what was recorded $recorded', ({ recorded, batchSize }) => {
  test.each(cases)('changes $listed of $label', async ({ label, told, versions = [1], listed }) => {
    const installation = await Installation.of(`${recorded}: ${label}`);
    await installation.record('lead-1', told(), batchSize);
    const { correction, verdicts } = await installation.listed('co_1', versions, { [tuesday]: [] });
    expect(inWords(verdicts)).toEqual(listed);
    expect(correction.counts.unjudged).toBe(0);
  });
});

test('the next correction of a lead with lines of its own is made upon the one before', async () => {
  const installation = await Installation.of('twice');
  await installation.record('lead-1', withLines(patient, 'recompute'), 1_000);
  const { correction: before } = await installation.listed('co_1', [1], { [tuesday]: [] });
  await installation.approve('co_1');
  await opened.sql.query(`UPDATE correction SET status = 'done' WHERE workspace = 'twice'`);
  const { correction, verdicts } = await installation.listed('co_2', [1], { '2026-11-25': [] });
  // Of the one before nothing has been done yet: without the Tuesday and the Wednesday it is due on Friday.
  expect(verdicts.find(({ clock }) => clock === 'first-response')?.is.dueAt).toBe(mondayTen + 97 * HOUR_MS);
  const corrected = (one: Correction): readonly string[] => [...new Set(Object.values(one.termsInstead))];
  expect(corrected(before)).toHaveLength(2);
  expect(corrected(correction)).toHaveLength(2);
  expect(Object.keys(correction.termsInstead).toSorted()).toEqual(
    [...Object.keys(before.termsInstead), ...corrected(before)].toSorted(),
  );
});

test('a lead all of whose clocks were over before those days is not looked at', async () => {
  const installation = await Installation.of('over');
  const enriched = { industry: 'software', annualRevenue: 5_000_000 };
  const known = say(handOff(), handedOffAt + 60_000, { type: 'notified', recipient: 'rep-east-1' });
  const whole = say(known, handedOffAt + 120_000, { type: 'enrich', fields: enriched });
  const run = say(whole, handedOffAt + HOUR_MS, { type: 'reject', reason: 'duplicate' });
  await installation.record('lead-1', { run }, 1);
  const lookedAt = async (id: string, date: string): Promise<number> => {
    const { correction } = await installation.listed(id, [1], { [date]: [] }, nextSpring);
    await installation.withdraw(id);
    return Object.values(correction.counts).reduce((sum, count) => sum + count);
  };
  // The promise to close it, cancelled on the first day, was due thirty days later: its due instant may have been wrong.
  expect(await lookedAt('co_1', '2026-12-23')).toBe(1);
  expect(await lookedAt('co_2', '2026-12-24')).toBe(0);
});
