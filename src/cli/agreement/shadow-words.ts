import { timeOf } from '../lead/lead-words.js';

/** What the API says of the shadow of a version. */
export interface ShadowView {
  readonly agreement: string;
  readonly version: number;
  readonly shadow:
    | ({ readonly since: string; readonly by: string } & (
        | { readonly covers: 'all'; readonly liveLadders: readonly string[] }
        | { readonly covers: 'ladders'; readonly ladders: readonly string[] }
      ))
    | null;
  readonly withheld: {
    readonly count: number;
    readonly leadCount: number;
    readonly unmadeMoveCount: number;
    readonly counts: readonly {
      readonly kind: string;
      readonly clock: string | null;
      readonly point: string | null;
      readonly count: number;
    }[];
  };
}

export interface WithheldView {
  readonly notices: readonly {
    readonly leadId: string;
    readonly kind: string;
    readonly recipient: string;
    readonly clock: string | null;
    readonly point: string | null;
    readonly at: string;
  }[];
  readonly next: number | null;
}

/** How silent the version is, then what would have gone out, by kind. */
export function shadowLines({ agreement, version, shadow, withheld }: ShadowView): readonly string[] {
  const { count, leadCount, unmadeMoveCount, counts } = withheld;
  const moves = unmadeMoveCount === 0 ? '' : `; ${unmadeMoveCount} tiers would have moved their lead`;
  return [
    `${agreement}@${version} ${standing(shadow)}`,
    `Withheld so far, and never sent: ${count} notices about ${leadCount} leads${moves}`,
    ...counts.map((of) => `  ${String(of.count).padStart(6)}  ${whatOf(of)}`),
  ];
}

function standing(shadow: ShadowView['shadow']): string {
  if (shadow === null) return 'is live.';
  const since = `since ${timeOf(shadow.since)}, by ${shadow.by}.`;
  if (shadow.covers === 'ladders') return `is in shadow on ${shadow.ladders.join(', ')} ${since}`;
  const live = shadow.liveLadders.length === 0 ? '' : `, save ${shadow.liveLadders.join(', ')},`;
  return `is in shadow${live} ${since}`;
}

interface What {
  readonly kind: string;
  readonly clock: string | null;
  readonly point: string | null;
}

const whatOf = ({ kind, clock, point }: What): string =>
  [kind, clock, kind === 'escalation' && point !== null ? `tier ${point}` : point]
    .filter((word) => word !== null)
    .join(', ');

export const withheldLines = ({ notices }: WithheldView): readonly string[] =>
  notices.map((notice) => `${timeOf(notice.at)}  ${notice.leadId}  to ${notice.recipient}: ${whatOf(notice)}`);
