export { nextStep, type NextStep, type OfferedStep, type StepDelay } from './next-step.js';
export type { RepDay, StepGuide } from './ports.js';
export { positionOf } from './position.js';
export { nextStepInBook, planDays, type LeadInHand, type PlannedStep, type RepBook } from './rep-days.js';
export type { LocalDate, LocalTime } from './step-question.js';
