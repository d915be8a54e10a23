import type { CalendarAnswer, QuestionStore } from '../src/domain/ports.js';
import type { LeadActivities } from './lead-activities.js';

/** Questions of a step: calendars answer for themselves, people are asked of the directory, once per key. */
export const createQuestions = (
  questionsOf: (workspace: string) => QuestionStore,
  calendar: CalendarAnswer,
): Pick<LeadActivities, 'answerQuestion'> => ({
  answerQuestion: async ({ workspace, leadId }, question) =>
    question.kind === 'windows' || question.kind === 'date-start'
      ? calendar(question)
      : questionsOf(workspace).answer(leadId, question),
});
