/**
 * Here live the product's file formats (agreements, people, scenarios: YAML or JSON) and their way into domain types,
 * with every mistake in a file told at once, where it stands and what to write instead. No rule about leads lives here,
 * no zone data (it is asked through `CalendarKeys`), and nothing that reads or writes files by itself.
 */
export {
  changeAgreement,
  parseAgreement,
  type AgreementReading,
  type AgreementUse,
  type ChangedAgreement,
} from './agreement.js';
export type { AgreementDocument } from './agreement-schema.js';
export { termsOf } from './agreement-terms.js';
export type { CalendarKeys } from './calendar-keys.js';
export { canonicalJson, documentKey, meansTheSame } from './canonical-json.js';
export {
  historyColumns,
  historyRowFrom,
  parseHistoryMapping,
  plainMapping,
  unknownColumns,
  type HistoryMapping,
} from './history/history-mapping.js';
export { readHistoryRow, type WrittenHandOff } from './history/history-row.js';
export { formatMistake, type Flaw, type Mistake, type Reading } from './mistake.js';
export { changedText } from './changed-text.js';
export { linesForAmount, linesForTime, type AmountLines } from './proposed-lines.js';
export { diffAgreements, formatChange, type Change } from './diff/diff-agreements.js';
export { agreementJsonSchema } from './json-schema/agreement-json-schema.js';
export { formatRemark, judgeAgreement, type Judgement, type Remark } from './lint/judge-agreement.js';
export type { LintEvidence } from './lint/rule.js';
export { governanceOf, readAmount } from './governance.js';
export { lintRules } from './lint/rules.js';
export { costColumns, costFrom, readCostRow } from './opportunities/cost-row.js';
export { opportunityColumns, opportunityFrom, readOpportunityRow } from './opportunities/opportunity-row.js';
export { onePageOf, type PageOccasion } from './one-page/one-page.js';
export { paperSizes, type OnePage, type PageSignature, type PaperSize } from './one-page/page.js';
export { parsePeople } from './people.js';
export { formatInstant, parseInstant } from './scalars.js';
export { readScenario, type Scenario, type ScenarioSources } from './scenario.js';
export type { Expectations } from './scenario-expectations.js';
export type { ScenarioFact } from './scenario-facts.js';
export { setPaths, type Lines } from './set-paths.js';
