export {
  nextStep,
  type LocalDate,
  type LocalTime,
  type NextStep,
  type OfferedStep,
  type StepDelay,
} from './next-step.js';
export type { RepDay, StepGuide } from './ports.js';
export { positionOf } from './position.js';
export { nextStepInBook, planDays, type LeadInHand, type PlannedStep, type RepBook } from './rep-days.js';
