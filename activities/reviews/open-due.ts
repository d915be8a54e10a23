/**
 * Here live the steps of opening reviews and of writing to those who come to them: gathering the figures, freezing them,
 * composing mails. What opens when, and who is told of what, is decided in the domain.
 */
import type { VersionSummary } from '../../src/domain/agreement/index.js';
import type { VersionReader } from '../../src/domain/agreement/ports.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { ReportDocument, ReportName, ReportRequest } from '../../src/domain/reports/index.js';
import {
  deliverablesDue,
  isLate,
  lessonsOf,
  nextOpening,
  openDecisionsOf,
  packReports,
  peopleAskedTo,
  plannedByBreach,
  plannedByDay,
  shortfallOf,
  shortfallsIn,
  type PackedReport,
  type PlannedReview,
  type Proposal,
  type Review,
  type ReviewCalendar,
  type ReviewPack,
  type ReviewState,
  type Shortfall,
  type UpcomingChange,
} from '../../src/domain/reviews/index.js';
import type { SeriesPlace } from '../review-contract.js';
import { propose } from './propose.js';
import type { InForce, ReviewDeps } from './review-deps.js';

/** What is in force, on its calendar. */
type Ruling = InForce & { readonly calendar: ReviewCalendar };

/** More than anybody holds in two years. */
const EARLIER_REVIEWS_MAX = 150;
/** What is recorded by then never changes. */
const AS_OF_DELAY_MS = 10_000;

/** Opens what is due, the oldest first; breaches climb once the reviews that hear of them first are open. */
export async function openDue(deps: ReviewDeps, place: SeriesPlace, ruling: Ruling, at: Instant): Promise<void> {
  const { reviews } = deps.storesOf(place.workspace);
  const { agreement } = place;
  const since = await reviews.beginSeries(agreement, at);
  const lastScheduled = await reviews.lastScheduled(agreement);
  const soFar = { agreement, since, lastScheduled };
  for (const planned of plannedByDay(soFar, ruling.governance, at, ruling.calendar)) {
    await open(deps, place, ruling, planned, at);
  }
  const climbed = await findClimbed(deps, place, ruling, at);
  if (climbed !== undefined) await open(deps, place, ruling, climbed, at);
}

async function findClimbed(deps: ReviewDeps, { workspace, agreement }: SeriesPlace, ruling: Ruling, at: Instant) {
  const { reports, reviews } = deps.storesOf(workspace);
  if (ruling.governance.breaches.second === undefined) return undefined;
  const runs = await reports.weeksInARow({ agreement, asOf: asOfNow(deps), endedBy: at });
  if (typeof runs === 'string') return undefined;
  const earlier = await reviews.list({ agreement, limit: EARLIER_REVIEWS_MAX });
  return plannedByBreach(agreement, { ...ruling, runs, reviews: earlier, now: at }, ruling.calendar);
}

const asOfNow = ({ now }: ReviewDeps): Instant => now() - AS_OF_DELAY_MS;

async function open(deps: ReviewDeps, place: SeriesPlace, ruling: Ruling, planned: PlannedReview, at: Instant) {
  const { reviews, directory } = deps.storesOf(place.workspace);
  const asOf = asOfNow(deps);
  const earlier = await reviews.list({ agreement: place.agreement, limit: EARLIER_REVIEWS_MAX });
  const reports = await makeReports(deps, place, planned, asOf);
  const { terms, scheduledAt, period, id } = planned;
  const people = await directory.read();
  const opening: Omit<Review, 'packHash'> = {
    id,
    agreement: { name: place.agreement, version: ruling.agreement.version },
    name: terms.name,
    kind: terms.rhythm.kind,
    timeZone: ruling.governance.timeZone,
    period,
    scheduledAt,
    openedAt: at,
    dueAt: closingTime(deps, ruling, planned, at),
    asOf,
    agenda: terms.agenda,
    ...(terms.minutes !== undefined && { minutes: terms.minutes }),
    decisionsMin: terms.decisionsMin,
    ...(terms.decisionsMax !== undefined && { decisionsMax: terms.decisionsMax }),
    attendees: peopleAskedTo(terms.to, people, at),
    escalatesTo: peopleAskedTo(secondReview(ruling)?.to ?? terms.to, people, at),
    shortfalls: await findShortfalls(deps, place, planned, reports),
    deliverables: terms.rhythm.kind === 'monthly' ? deliverablesDue(ruling.governance, period) : [],
    ...(terms.rhythm.kind === 'quarterly' && { proposals: await findProposals(deps, place, ruling, planned, reports) }),
  };
  const pack = await packOf(deps, place, { opening, reports, earlier });
  const text = deps.canonical(pack);
  await reviews.open({ ...opening, packHash: deps.sha256(text) }, new TextEncoder().encode(text));
}

const secondReview = ({ governance: { reviews, breaches } }: Ruling) =>
  reviews.find(({ name }) => name === breaches.second);

/**
 * By when a review is to be closed: within its own time, else within that of the review to which breaches climb, counted
 * in open hours from its opening; without either, when the next one of its kind opens.
 */
function closingTime(deps: ReviewDeps, ruling: Ruling, { terms, scheduledAt }: PlannedReview, at: Instant): Instant {
  const within = terms.within ?? secondReview(ruling)?.within;
  const from = isLate({ openedAt: at, scheduledAt }) ? at : scheduledAt;
  if (within !== undefined) return deps.addOpenTime(ruling.agreement, within.calendar, from, within.ms);
  if (terms.rhythm.kind === 'on-breach') throw new Error(`review ${terms.name} is called by a breach and has no time`);
  return nextOpening(terms.rhythm, from, ruling.calendar);
}

async function makeReports(
  deps: ReviewDeps,
  { workspace, agreement }: SeriesPlace,
  { terms, period: { fromDate, toDate, kind, name } }: PlannedReview,
  asOf: Instant,
): Promise<readonly ReportDocument[]> {
  const { reports } = deps.storesOf(workspace);
  const period: ReportRequest['period'] = kind === 'days' ? { fromDate, toDate } : { name };
  const make = async (report: ReportName): Promise<ReportDocument> => {
    const made = await reports.make({ report, agreement, period, asOf, filter: {} });
    if (typeof made === 'string') throw new Error(`${report} of ${agreement} over ${name}: ${made}`);
    return made;
  };
  return Promise.all(packReports[terms.rhythm.kind].map(make));
}

/** What was not kept in the period, and for how many weeks in a row; what has climbed is known already. */
async function findShortfalls(
  deps: ReviewDeps,
  { workspace, agreement }: SeriesPlace,
  { climbed, terms, scheduledAt }: PlannedReview,
  documents: readonly ReportDocument[],
): Promise<readonly Shortfall[]> {
  if (terms.rhythm.kind === 'on-breach') return climbed;
  const { reports } = deps.storesOf(workspace);
  const runs = await reports.weeksInARow({ agreement, asOf: documents[0]!.asOf, endedBy: scheduledAt });
  const weeks = new Map((typeof runs === 'string' ? [] : runs).map((run) => [run.commitment, shortfallOf(run)]));
  // A week says nothing yet of targets over a month.
  const judging = documents.filter(
    ({ report }) => report === 'compliance' || (report === 'targets' && terms.rhythm.kind !== 'weekly'),
  );
  return judging
    .flatMap(shortfallsIn)
    .map((shortfall) => ({ ...shortfall, weeksBelowGoal: weeks.get(shortfall.commitment)?.weeksBelowGoal ?? 0 }));
}

/** What the quarter suggests that the next version says; as far as it has come, where the review opens before its end. */
async function findProposals(
  deps: ReviewDeps,
  place: SeriesPlace,
  { agreement, governance }: Ruling,
  { period: { from, to } }: PlannedReview,
  reports: readonly ReportDocument[],
): Promise<readonly Proposal[]> {
  const { versions, tryOnPastLeads } = deps.storesOf(place.workspace);
  const version = await versions.findVersion(place.agreement, agreement.version);
  const streaks = reports.find(({ report }) => report === 'streaks');
  if (version === undefined || streaks === undefined) return [];
  const asOf = streaks.asOf;
  const decidedCount = decidedCountIn(reports);
  return propose({ ...deps, tryOnPastLeads }, { version, governance, from, to, asOf, decidedCount, streaks });
}

/** Of the commitment with most decided clocks, as the report `compliance` counts them. */
function decidedCountIn(reports: readonly ReportDocument[]): number {
  const tables = reports.filter(({ report }) => report === 'compliance').flatMap(({ sections }) => sections);
  const counts = tables.flatMap(({ table: { columns, rows } }) => {
    const [met, breached] = ['met', 'breached'].map((id) => columns.findIndex((column) => column.id === id));
    return rows.map(({ cells }) => Number(cells[met!] ?? 0) + Number(cells[breached!] ?? 0));
  });
  return Math.max(0, ...counts.filter(Number.isFinite));
}

interface PackParts {
  readonly opening: Omit<Review, 'packHash'>;
  readonly reports: readonly ReportDocument[];
  readonly earlier: readonly ReviewState[];
}

async function packOf(
  deps: ReviewDeps,
  place: SeriesPlace,
  { opening, reports, earlier }: PackParts,
): Promise<ReviewPack> {
  const { versions, reports: desk } = deps.storesOf(place.workspace);
  const { period, asOf, openedAt } = opening;
  const worst = await desk.worstBreaches({ agreement: place.agreement, from: period.from, to: period.to, asOf });
  return {
    review: opening,
    isLate: isLate(opening),
    reports: reports.map((document): PackedReport => ({ sha256: deps.sha256(deps.canonical(document)), document })),
    worstBreaches: worst.map((breach) => ({
      ...breach,
      explain: `/v1/leads/${encodeURIComponent(breach.leadId)}/explain`,
    })),
    lessons: lessonsOf(earlier),
    upcomingChanges: await upcomingChanges(deps, versions, place.agreement),
    openDecisions: openDecisionsOf(earlier, openedAt),
  };
}

/** Versions after the one in force, each against it. */
async function upcomingChanges(
  deps: ReviewDeps,
  versions: VersionReader,
  agreement: string,
): Promise<readonly UpcomingChange[]> {
  const all = await versions.listVersions(agreement);
  const active = all.find(({ status }) => status === 'active');
  const former = active && (await versions.findVersion(agreement, active.version));
  const coming = all.filter(({ version }) => version > (active?.version ?? 0));
  return Promise.all(
    coming.map(async ({ version, status, effectiveAt }: VersionSummary): Promise<UpcomingChange> => {
      const later = await versions.findVersion(agreement, version);
      const changes = former && later ? deps.changesBetween(former.canonical, later.canonical) : [];
      return { version, status, effectiveAt: effectiveAt ?? null, changes };
    }),
  );
}
