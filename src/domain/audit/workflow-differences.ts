import type { LeadState } from '../lifecycle/state.js';

/** What was learned of a lead's workflow. */
export type WorkflowInspection =
  | { readonly kind: 'running'; readonly state: LeadState }
  /** It came to an end: settled, or by another way, which `status` names. */
  | { readonly kind: 'ended'; readonly status: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unanswered'; readonly reason: string };

export type WorkflowVerdict =
  | { readonly kind: 'same' }
  /** One has entries that the other has not: perhaps they are just being recorded, look again. */
  | { readonly kind: 'apart'; readonly what: string }
  | { readonly kind: 'different'; readonly what: string }
  | { readonly kind: 'unasked'; readonly what: string };

/**
 * Whether a lead's workflow holds what the lead's ledger folds to.
 * @param settled what a settled workflow has stored to begin again from
 */
export function compareWithWorkflow(
  folded: LeadState,
  inspection: WorkflowInspection,
  settled: LeadState | undefined,
): WorkflowVerdict {
  // A lead that was never taken has no workflow.
  if (folded.excluded !== null) return { kind: 'same' };
  switch (inspection.kind) {
    case 'unanswered':
      return { kind: 'unasked', what: inspection.reason };
    case 'running':
      return compareStates(folded, inspection.state);
    case 'ended':
      return compareSettled(folded, settled, `ended (${inspection.status})`);
    case 'missing':
      return compareSettled(folded, settled, 'is missing');
  }
}

function compareSettled(folded: LeadState, settled: LeadState | undefined, how: string): WorkflowVerdict {
  if (settled?.seq === folded.seq) return compareStates(folded, settled);
  return {
    kind: 'different',
    what: `it ${how} although the lead goes on; the auditor restarts it when anything is due`,
  };
}

function compareStates(folded: LeadState, held: LeadState): WorkflowVerdict {
  if (held.seq !== folded.seq) {
    return { kind: 'apart', what: `it has ${held.seq} entries, the ledger ${folded.seq}` };
  }
  const names = differingNames(folded, held);
  return names.length === 0 ? { kind: 'same' } : { kind: 'different', what: `it holds another ${names.join(', ')}` };
}

const differingNames = (one: object, other: object): readonly string[] =>
  namesOf(one, other).filter((name) => !saysTheSame(valueOf(one, name), valueOf(other, name)));

const namesOf = (one: object, other: object): readonly string[] => [
  ...new Set([...Object.keys(one), ...Object.keys(other)]),
];

const valueOf = (record: object, name: string): unknown => (record as Readonly<Record<string, unknown>>)[name];

/** As JSON says it: what is undefined is not there. */
function saysTheSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  return differingNames(one, other).length === 0;
}
