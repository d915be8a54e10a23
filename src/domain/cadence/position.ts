/**
 * Here lives the owner's next step: which one of the cadence it is, on which day it falls, and a rep's steps by day.
 * It is guidance, read off the lead's state whenever somebody asks: nothing of it is recorded, waited for or judged.
 */
import type { AgreementTerms, CadenceStep } from '../agreement/index.js';
import { isClosed, type LeadState } from '../lifecycle/state.js';
import { isContact, isHumanTouch } from '../sla/touches.js';

export const endsOfCadence = ['not-open', 'answered', 'all-made'] as const;
/** Why there is no next step: the lead is not open, the prospect answered, or every step was made. */
export type EndOfCadence = (typeof endsOfCadence)[number];

export type CadencePosition =
  /** `number` counts from 1. */
  | { readonly kind: 'step'; readonly number: number; readonly step: CadenceStep }
  | { readonly kind: 'over'; readonly because: EndOfCadence };

/** Each human touch of the cycle, whatever its channel, moves on by one step; the first contact ends the cadence. */
export function positionOf(state: LeadState, { cadence }: Pick<AgreementTerms, 'cadence'>): CadencePosition {
  if (isClosed(state)) return { kind: 'over', because: 'not-open' };
  if (state.touches.some(isContact)) return { kind: 'over', because: 'answered' };
  const madeCount = state.touches.filter(isHumanTouch).length;
  const step = cadence[madeCount];
  return step ? { kind: 'step', number: madeCount + 1, step } : { kind: 'over', because: 'all-made' };
}
