import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import type { LeadState } from '../state.js';
import type { AgreementTerms } from '../../agreement/index.js';

export function decideQualify(draft: Draft, { bant, intent }: CommandOf<'qualify'>): undefined {
  draft.emit({ type: 'qualified', ...(bant && { bant }), ...(intent !== undefined && { intent }) });
}

/** BANT questions not confirmed; none if one of the named intents was stated (spec §5, `salesQualified`). */
export function qualificationMissing(state: LeadState, { qualification }: AgreementTerms): readonly string[] {
  if (qualification.orIntent.some((intent) => state.intents.includes(intent))) return [];
  return qualification.bant.filter((question) => state.bant[question]?.confirmed !== true);
}
