import type { AgreementTerms } from '../agreement/index.js';
import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { Command, CommandType, RefusalCode } from '../lifecycle/commands.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { DirectoryQuestion } from '../lifecycle/questions.js';
import { runCommand, runHandOff, runUntil, type Respond, type Run } from '../lifecycle/run.js';
import type { CalendarAnswer } from '../ports.js';
import { answerFromDirectory } from '../routing/answer.js';
import type { Directory, HolderRef } from '../routing/directory.js';
import { ownWorkload } from './own-workload.js';
import type { PastFact, PastStory } from './past-lead.js';

/** What a version is folded with; the same for every lead, so that the figures are the same each time. */
export interface WhatIfWorld {
  readonly terms: AgreementTerms;
  /** What imported leads, which no agreement has judged, are compared with; absent: they stand on one side only. */
  readonly against?: AgreementTerms;
  /** As of now: nobody knows who was absent then. */
  readonly directory: Directory;
  readonly answerFromCalendar: CalendarAnswer;
  /** Compiled windows by calendar key, for all leads; what is missing is compiled for the lead that asks. */
  readonly windows: Readonly<Record<string, CalendarWindows>>;
  /** Every story is told up to and including this instant. */
  readonly until: Instant;
}

/** A fact that the version would not have taken. */
export interface Refused {
  readonly command: CommandType;
  readonly code: RefusalCode;
}

export interface Refolded {
  readonly events: readonly LeadEvent[];
  readonly refused: readonly Refused[];
}

/** Tells a lead's facts to another agreement: what falls due between them falls due by that one. */
export function refold(story: PastStory, world: WhatIfWorld): Refolded {
  const { terms, windows, until } = world;
  const respond = responderFor(story, world);
  const refused: Refused[] = [];
  // Assigned, not spread: a copy that grows is slow to make, and this one is made of every lead.
  const facts = Object.assign({ agreement: terms }, story.handOff);
  let run = runHandOff(facts, { agreements: {}, windows, answers: {} }, respond);
  for (const fact of story.facts) {
    if (fact.command.at > until) break;
    const heard = runCommand(run, commandIn(run, fact), respond);
    if (heard.refusal) refused.push({ command: fact.command.type, code: heard.refusal.code });
    run = heard.run;
  }
  return { events: runUntil(run, until, respond).events, refused };
}

/** A touch bears the sequence that this run gave it; 0, which no touch has, if it was not taken. */
function commandIn(run: Run, { command, touchSaidBy }: PastFact): Command {
  if (command.type !== 'retract' && command.type !== 'mark-bounced') return command;
  const logged = run.events.find(({ type, commandId }) => type === 'touched' && commandId === touchSaidBy);
  return { ...command, touch: logged?.seq ?? 0 };
}

/** Who got the lead is answered as it was then, as far as the same was asked then; all else by the directory of now. */
function responderFor(story: PastStory, { directory, answerFromCalendar }: WhatIfWorld): Respond {
  return (question, events) => {
    if (question.kind === 'windows' || question.kind === 'date-start') return answerFromCalendar(question);
    return answerOfThen(story, question) ?? answerFromDirectory(question, directory, ownWorkload(events));
  };
}

function answerOfThen({ moves }: PastStory, question: DirectoryQuestion) {
  switch (question.kind) {
    case 'recipients':
      return undefined;
    case 'person':
      return moves.find(({ holder }) => holder.owner === question.person)?.holder;
    case 'next-owner':
      return heirOfThen(moves, question.asOf);
    case 'route': {
      const woken = moves.find(({ type, at }) => type === 'woken' && at === question.asOf);
      return woken?.type === 'woken' ? { holder: woken.holder, routedBy: woken.routedBy } : undefined;
    }
  }
}

const heirOfThen = (moves: PastStory['moves'], at: Instant): HolderRef | undefined =>
  moves.find((move) => move.type === 'owner-changed' && move.cause === 'ladder' && move.at === at)?.holder;
