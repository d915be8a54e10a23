import { timeOf } from './lead-words.js';

/** What the API says of leads that go nowhere by themselves. */
export interface StuckView {
  readonly leadCount: number;
  readonly stuck: readonly StuckLead[];
}

interface StuckLead {
  readonly leadId: string;
  readonly name: string;
  readonly stage: string;
  readonly holder: string;
  readonly reasons: readonly { readonly why: string; readonly since: string; readonly help: string }[];
}

/** Each stuck lead, why, and the command that helps; then how many there are. */
export function stuckLines({ stuck, leadCount }: StuckView): readonly string[] {
  const told = stuck.flatMap(({ leadId, name, stage, holder, reasons }) => [
    `${leadId}  ${name}: ${stage}, held by ${holder}`,
    ...reasons.flatMap(({ why, since, help }) => [`  ${why}, since ${timeOf(since)}`, `    ${help}`]),
  ]);
  return [...told, `${stuck.length} of ${leadCount} leads are stuck`];
}
