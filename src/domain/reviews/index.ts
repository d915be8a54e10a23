export { peopleAskedTo } from './attendees.js';
export * from './decide.js';
export { foldReview, type ReviewEvent, type ReviewEventType } from './events.js';
export { lettersBy, nextTurn, type ReviewLetter } from './letters.js';
export { nextOpening, type ReviewCalendar } from './opening.js';
export * from './pack.js';
export { deliverablesDue, nextByDay, plannedByBreach, plannedByDay, shortfallOf, type PlannedReview } from './plan.js';
export * from './ports.js';
export * from './review.js';
