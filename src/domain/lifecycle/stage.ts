export const stages = [
  'inquiry',
  'mql',
  'sal',
  'sales-qualified',
  'opportunity',
  'customer',
  'nurture',
  'recycled',
  'disqualified',
] as const;
export type Stage = (typeof stages)[number];

/** A lead is closed in every stage but these (spec §5). */
export const openStages: readonly Stage[] = ['mql', 'sal'];
