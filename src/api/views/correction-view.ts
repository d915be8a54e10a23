import {
  correctionOrdersIn,
  type CorrectedVerdict,
  type Correction,
  type CorrectionSubject,
  type CorrectionTotal,
  type UnjudgedLead,
} from '../../domain/correction/index.js';
import type { Judgement } from '../../domain/sla/judgement.js';
import { iso } from './iso.js';

/** A correction as callers see it: what it says, how far it has come, and what it can be told as it stands. */
export function correctionView(correction: Correction) {
  const { id, subject, reason, status, statusSince, createdBy, createdAt, approvedBy, approvedAt, counts } = correction;
  return {
    correctionId: id,
    ...subjectView(subject),
    reason,
    status,
    statusSince: iso(statusSince),
    createdBy,
    createdAt: iso(createdAt),
    approvedBy,
    approvedAt: approvedAt === null ? null : iso(approvedAt),
    counts,
    takes: Object.keys(correctionOrdersIn[status]),
  };
}

const subjectView = (subject: CorrectionSubject) => {
  if (!('touch' in subject)) return subject;
  const { touchedAt, ...touch } = subject;
  return { ...touch, occurredAt: iso(touchedAt) };
};

/** The same with the sums of what changes, and with the leads that cannot be judged. */
export const correctionWithTotals = (
  correction: Correction,
  totals: readonly CorrectionTotal[],
  unjudged: readonly UnjudgedLead[],
) => ({ ...correctionView(correction), totals, unjudged });

export const verdictView = ({ leadId, clock, n, cycle, party, team, startedAt, was, is }: CorrectedVerdict) => ({
  leadId,
  clock,
  n,
  cycle,
  party,
  team,
  startedAt: iso(startedAt),
  was: judgementView(was),
  is: judgementView(is),
});

const judgementView = ({ verdict, dueAt, completedAt, overshootMs }: Judgement) => ({
  verdict,
  dueAt: dueAt === null ? null : iso(dueAt),
  completedAt: completedAt === null ? null : iso(completedAt),
  overshootMs,
});
