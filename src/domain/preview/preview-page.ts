import { coversTime, type CalendarWindows } from '../business-time/index.js';
import type { Refusal } from '../lifecycle/commands.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { foldLead } from '../lifecycle/evolve.js';
import type { Answer, DirectoryQuestion, Question } from '../lifecycle/questions.js';
import { holderOf } from '../lifecycle/state.js';
import type { CalendarAnswer } from '../ports.js';
import type { RunningLead } from '../rollout/ports.js';
import { answerFromDirectory } from '../routing/answer.js';
import type { Directory, Workload } from '../routing/directory.js';
import { withGift, withoutLead } from '../routing/gifts.js';
import { nameOfVersion, type ShadowLook } from '../shadow/ports.js';
import { hearing, versionAskedFor } from '../shadow/shadow.js';
import { previewLead, type LeadPreview, type PreviewedLead, type VersionChange } from './preview-lead.js';

/** A lead that would refuse the version. */
export interface RefusingLead {
  readonly leadId: string;
  readonly refusal: Refusal;
}

export interface PreviewedPage {
  readonly previews: readonly LeadPreview[];
  readonly refusing: readonly RefusingLead[];
  /** As the page leaves it: ladders that move a lead give it to somebody. */
  readonly workload: Workload;
}

export interface PreviewWorld {
  readonly directory: Directory;
  readonly workload: Workload;
  readonly answerCalendar: CalendarAnswer;
  readonly agreements: PreviewedLead['agreements'];
  /** By `nameOfVersion`; a version that is not there is live. */
  readonly shadows: ShadowLook['shadows'];
}

/**
 * Previews leads one after the other, as a rollout would come to them: whoever is given a lead by one of them is not
 * first in turn for the next. What the directory has answered already stands.
 */
export function previewPage(leads: readonly RunningLead[], change: VersionChange, world: PreviewWorld): PreviewedPage {
  const previews: LeadPreview[] = [];
  const refusing: RefusingLead[] = [];
  let { workload } = world;
  for (const lead of leads) {
    const preview = previewOne(lead, change, { ...world, workload });
    workload = workloadAfter(workload, lead.story, preview.events);
    previews.push(preview);
    if (preview.refusal) refusing.push({ leadId: lead.leadId, refusal: preview.refusal });
  }
  return { previews, refusing, workload };
}

function previewOne({ story, answers }: RunningLead, change: VersionChange, world: PreviewWorld): LeadPreview {
  const { agreements, answerCalendar } = world;
  return previewLead({ story, agreements }, change, (question) => {
    if (question.kind === 'windows' || question.kind === 'date-start') return answerCalendar(question);
    return question.key in answers ? answers[question.key]! : answerFromPeople(question, world);
  });
}

/** As the store of questions answers: a ladder in shadow is heard by nobody, but it is said who would. */
function answerFromPeople(question: DirectoryQuestion, { directory, workload, shadows }: PreviewWorld): Answer {
  const found = answerFromDirectory(question, directory, workload);
  if (question.kind !== 'recipients') return found;
  const version = versionAskedFor(question);
  return hearing(question, found as readonly string[], version && shadows[nameOfVersion(version)]);
}

function workloadAfter(workload: Workload, story: readonly LeadEvent[], came: readonly LeadEvent[]): Workload {
  let owner = came.some(isGift) ? holderOf(foldLead(story)).owner : null;
  return came.filter(isGift).reduce((sofar, { holder, at }) => {
    const left = owner === null ? sofar : withoutLead(sofar, owner);
    owner = holder.owner;
    return owner === null ? left : withGift(left, owner, at);
  }, workload);
}

const isGift = (event: LeadEvent): event is Extract<LeadEvent, { type: 'owner-changed' | 'woken' }> =>
  event.type === 'owner-changed' || event.type === 'woken';

type WindowsQuestion = Extract<Question, { kind: 'windows' }>;

/** Answers that keep the windows they compiled: hundreds of leads ask for the same few calendars. */
export function rememberingWindows(answer: CalendarAnswer): CalendarAnswer {
  const kept = new Map<string, CalendarWindows>();
  return (question) => {
    if (question.kind !== 'windows') return answer(question);
    const known = kept.get(question.calendarKey);
    if (known && covers(known, question)) return known;
    const windows = answer(known ? widened(question, known) : question) as CalendarWindows;
    kept.set(question.calendarKey, windows);
    return windows;
  };
}

const covers = (known: CalendarWindows, { from, until }: WindowsQuestion): boolean =>
  known.unbroken || coversTime(known, from, until);

const widened = (question: WindowsQuestion, { from, until }: CalendarWindows): WindowsQuestion => ({
  ...question,
  from: Math.min(question.from, from),
  until: Math.max(question.until, until),
});
