import type { Governance } from '../../domain/agreement/index.js';
import type { AgreementVersion } from '../../domain/agreement/version.js';
import { openTimeBetween, type Instant } from '../../domain/business-time/index.js';
import {
  periodAround,
  periodBefore,
  periodNamed,
  periodOfDays,
  periodsUpTo,
  type Period,
  type PeriodPorts,
  type ReportDesk,
  type ReportRefusal,
  type ReportRequest,
  type StreakRequest,
} from '../../domain/reports/index.js';
import type { Stores } from '../../db/index.js';
import { governanceOf, parseAgreement } from '../../documents/index.js';
import {
  commitmentRuns,
  makeList,
  makeReport,
  type InForce,
  queryWorstBreaches,
  type ReportAsked,
  type ReportQuery,
  type ReportSource,
} from '../../reports/index.js';
import { dateOf, dateStart, keepWindows, offsetsIn } from '../../zones/index.js';
import { calendarKeys } from '../calendar-ports.js';
import { rememberReports } from './recent-reports.js';
import { shadowBefore } from './shadow-before.js';
import { upcomingVersions } from './upcoming-versions.js';

type Read = Pick<Stores, 'workspace' | 'versions' | 'reportStore' | 'baselines' | 'auditEntries'>;

/** Reports over one workspace, with the agreement that was in force as of each. */
export function createReportDesk(stores: Read): ReportDesk {
  const windowsOf = keepWindows();
  const projector = stores.reportStore.projector(windowsOf);
  const prepare = async (request: Asked): Promise<Prepared | ReportRefusal> => {
    const agreed = await findAgreed(stores, request);
    if (agreed === undefined) return 'unknown-agreement';
    const ports = { ...agreed.last.governance, dateStart };
    const period = periodOf(request, ports);
    if (period === undefined) return 'impossible-period';
    await projector.catchUp(request.asOf);
    const compared = await findCompared(stores, agreed.last.agreement.name, period, request.asOf, ports);
    const asked = { ...(await askedOf(request, agreed, period, ports)), ...compared };
    return { source: await sourceOf(stores, windowsOf), asked };
  };
  return {
    make: rememberReports(async (request) => {
      const prepared = await prepare(request);
      if (typeof prepared === 'string') return prepared;
      const { by, filter } = request;
      const asked = { ...prepared.asked, filter, ...(by !== undefined && { by }) };
      return makeReport(prepared.source, request.report, asked);
    }),
    list: async (request) => {
      const prepared = await prepare(request);
      return typeof prepared === 'string' ? prepared : makeList(prepared.source, request, prepared.asked);
    },
    weeksInARow: async ({ agreement, asOf, endedBy = asOf }) => {
      const agreed = await findAgreed(stores, { asOf, ...(agreement !== undefined && { agreement }) });
      if (agreed === undefined) return 'unknown-agreement';
      await projector.catchUp(asOf);
      const weeks = lastPeriods('week', endedBy, { ...agreed.last.governance, dateStart });
      const versions = await agreed.since(weeks[0]!.from);
      const asked = { agreement: agreed.last.agreement, versions, asOf, filter: {} };
      return commitmentRuns(await sourceOf(stores, windowsOf), asked, weeks);
    },
    worstBreaches: async ({ agreement, asOf, from, to }) => {
      await projector.catchUp(asOf);
      const known = { workspace: stores.workspace, agreement, asOf };
      return queryWorstBreaches(queryOf(stores), known, { from, to, limit: WORST_BREACHES_MAX });
    },
  };
}

/** What of a question every answer needs. */
type Asked = Pick<ReportRequest, 'agreement' | 'period' | 'asOf'>;

interface Prepared {
  readonly source: ReportSource;
  readonly asked: Omit<ReportAsked, 'filter' | 'by'>;
}

/** As many as people talk of. */
const WORST_BREACHES_MAX = 10;

type Compared = 'entered' | 'baseline' | 'upcoming';

/** What figures of a period are compared with, and what is about to change, as it was known by the report. */
async function findCompared(
  { baselines, auditEntries }: Read,
  agreement: string,
  period: Period,
  asOf: Instant,
  ports: PeriodPorts,
): Promise<Pick<ReportAsked, Compared>> {
  const subject = `agreement:${agreement}`;
  const [entered, entries] = await Promise.all([
    baselines.list(agreement, asOf),
    auditEntries.list({ subject, asOf, limit: AUDIT_COUNT_MAX }),
  ]);
  const quarter = periodBefore(periodAround('quarter', period.fromDate, ports), ports);
  const baseline = shadowBefore(entries, period.from) ?? { ...quarter, period: quarter };
  return { entered, baseline, upcoming: upcomingVersions(entries) };
}

/** More changes than that has no agreement whose last shadow still tells anything. */
const AUDIT_COUNT_MAX = 1_000;

interface Agreed {
  /** The version that was active as of the report. */
  readonly last: InForce;
  /** From one that was active at the beginning of the time asked about. */
  readonly since: (at: Instant) => Promise<readonly InForce[]>;
}

/** The version that was active as of an instant; undefined: there is no such agreement. */
export const findInForce = async (
  versions: Pick<Read, 'versions'>,
  request: StreakRequest,
): Promise<InForce | undefined> => (await findAgreed(versions, request))?.last;

/** What was agreed, as far as was known as of the report: a version that came later must not change what was said before. */
async function findAgreed({ versions }: Pick<Read, 'versions'>, request: StreakRequest): Promise<Agreed | undefined> {
  const name = request.agreement ?? (await versions.listAgreements()).find(({ isDefault }) => isDefault)?.name;
  if (name === undefined) return undefined;
  const active = (await versions.listVersions(name)).filter(({ activatedAt }) => activatedAt !== undefined);
  const known = active.filter(({ activatedAt }) => activatedAt! <= request.asOf);
  const spans = spansOf(known.length > 0 ? known : active.slice(0, 1));
  const read = async ({ version, from, to }: Span): Promise<InForce> => {
    const whole = await versions.findVersion(name, version);
    if (whole === undefined) throw new Error(`${name}@${version} is active, and not to be found`);
    return { agreement: whole.terms, governance: governanceIn(whole), from, to };
  };
  const lastSpan = spans.at(-1);
  if (lastSpan === undefined) return undefined;
  const last = await read(lastSpan);
  return {
    last,
    since: async (at) => {
      const earlier = spans.slice(0, -1).filter(({ to }) => to > at);
      return [...(await Promise.all(earlier.map(read))), last];
    },
  };
}

interface Span {
  readonly version: number;
  readonly from: Instant;
  readonly to: Instant;
}

/** How long each version was the active one; the first for all time before it, too, and the last for all time after. */
const spansOf = (known: readonly Pick<AgreementVersion, 'version' | 'activatedAt'>[]): readonly Span[] =>
  known.map(({ version, activatedAt }, index) => ({
    version,
    from: index === 0 ? Number.NEGATIVE_INFINITY : activatedAt!,
    to: known[index + 1]?.activatedAt ?? Number.POSITIVE_INFINITY,
  }));

/** By the text of a version, which says the same for ever and takes longer to read than most reports. */
const governances = new Map<string, Governance>();
const GOVERNANCES_MAX = 200;

/** From the text as it was written: its order is the order of reports. */
function governanceIn(version: AgreementVersion): Governance {
  const governance = governances.get(version.text) ?? readGovernance(version);
  if (governances.size >= GOVERNANCES_MAX) governances.clear();
  governances.set(version.text, governance);
  return governance;
}

function readGovernance({ text, name, version, createdAt }: AgreementVersion): Governance {
  const { document } = parseAgreement(text, `${name}@${version}`, calendarKeys, { at: createdAt, version });
  if (document === undefined) throw new Error(`${name}@${version} is stored, and cannot be read`);
  return governanceOf(document);
}

const periodOf = ({ period, asOf }: Asked, ports: PeriodPorts): Period | undefined =>
  'current' in period
    ? periodAround(period.current, dateOf(ports.timeZone, asOf), ports)
    : 'name' in period
      ? periodNamed(period.name, ports)
      : periodOfDays(period.fromDate, period.toDate, ports);

async function askedOf(
  { asOf }: Asked,
  { last: { agreement, governance }, since }: Agreed,
  period: Period,
  ports: PeriodPorts,
): Promise<Omit<Prepared['asked'], Compared>> {
  const endedBy = Math.min(period.to, asOf);
  const before = periodBefore(period, ports);
  const lastWeeks = lastPeriods('week', endedBy, ports);
  const lastMonths = lastPeriods('month', endedBy, ports);
  return {
    agreement,
    governance,
    versions: await since(Math.min(before.from, lastWeeks[0]!.from, lastMonths[0]!.from)),
    period,
    before,
    weeks: periodsOver('week', period.fromDate, period.to, ports),
    months: periodsOver('month', earliest(before.fromDate, lastMonths[0]!.fromDate), period.to, ports),
    lastWeeks,
    lastMonths,
    asOf,
  };
}

/** How far reports look back for runs and trends: half a year of weeks, a year of months. */
const LOOK_BACK_COUNT = { week: 26, month: 12 } as const;

/** The whole weeks or months that had ended by an instant. */
const lastPeriods = (kind: keyof typeof LOOK_BACK_COUNT, endedBy: Instant, ports: PeriodPorts): readonly Period[] =>
  periodsUpTo(kind, dateOf(ports.timeZone, endedBy), LOOK_BACK_COUNT[kind], ports);

/** The whole weeks or months that the time from a date to an instant touches, in order. */
function periodsOver(kind: 'week' | 'month', fromDate: string, to: Instant, ports: PeriodPorts): readonly Period[] {
  const periods: Period[] = [];
  for (let date = fromDate; ports.dateStart(ports.timeZone, date) < to; date = periods.at(-1)!.toDate) {
    periods.push(periodAround(kind, date, ports));
  }
  return periods;
}

const earliest = (one: string, other: string): string => (one < other ? one : other);

const queryOf =
  ({ reportStore }: Read): ReportQuery =>
  (text, values) =>
    reportStore.query(text, values);

async function sourceOf(stores: Read, windowsOf: ReturnType<typeof keepWindows>): Promise<ReportSource> {
  const calendars = await stores.reportStore.calendars();
  // One report asks for the days of the same months again and again.
  const dayCounts = new Map<string, number>();
  return {
    workspace: stores.workspace,
    query: queryOf(stores),
    openTimeOn: (key, from, until) => {
      const definition = calendars.get(key);
      return definition === undefined ? 0 : openTimeBetween(windowsOf(key, definition, from, until), from, until);
    },
    offsetsOf: offsetsIn,
    lastOpenDays: ({ calendars: named, calendarKeys, defaultCalendar }, { timeZone }, { from, to }, count) => {
      const windows = windowsOf(calendarKeys[defaultCalendar]!, named[defaultCalendar]!, from, to);
      const date = [...datesIn(windows.flat, timeZone, from, to)].toSorted().at(-count);
      return date === undefined ? from : dateStart(timeZone, date);
    },
    openDayCount: ({ calendars: named, calendarKeys, defaultCalendar }, { timeZone }, from, to) => {
      if (from >= to) return 0;
      const key = calendarKeys[defaultCalendar]!;
      const question = [key, timeZone, from, to].join('/');
      const known = dayCounts.get(question);
      if (known !== undefined) return known;
      const windows = windowsOf(key, named[defaultCalendar]!, from, to);
      const { size } = datesIn(windows.flat, timeZone, from, to);
      dayCounts.set(question, size);
      return size;
    },
  };
}

/** The dates on which any window opens, or goes on, in `[from, to)`. */
function datesIn(flat: readonly Instant[], timeZone: string, from: Instant, to: Instant): ReadonlySet<string> {
  const dates = new Set<string>();
  for (let index = 0; index < flat.length; index += 2) {
    const openAt = Math.max(flat[index]!, from);
    const closeAt = Math.min(flat[index + 1]!, to);
    for (let at = openAt; at < closeAt; at = nextDate(timeZone, at)) {
      dates.add(dateOf(timeZone, at));
    }
  }
  return dates;
}

/** The start of the date after the one of an instant. */
const nextDate = (timeZone: string, at: Instant): Instant =>
  dateStart(timeZone, dateOf(timeZone, dateStart(timeZone, dateOf(timeZone, at)) + 36 * 3_600_000));
