export * from './decide.js';
export { foldReview, type ReviewEvent, type ReviewEventType } from './events.js';
export { lettersBy, nextTurn, type ReviewLetter } from './letters.js';
export * from './ports.js';
export * from './review.js';
