/**
 * Here lives who is credited for an opportunity: accounts, touches of both sides, and the rules by which the first of
 * them decide (spec/reports.md, pipeline). No ledger, no SQL and no sums live here.
 */
import type { DurationMs, Instant } from '../business-time/index.js';

export const touchSides = ['marketing', 'sales'] as const;
export type TouchSide = (typeof touchSides)[number];

/** Each opportunity has one of these: together they are the whole pipeline. */
export const credits = ['marketing-sourced', 'sales-sourced', 'sales-first'] as const;
export type Credit = (typeof credits)[number];

/** Something by which one side reached, or was reached by, somebody of an account. */
export interface AccountTouch {
  readonly at: Instant;
  readonly side: TouchSide;
  /** The source or action of a marketing touch, the channel or action of one by sales. */
  readonly name: string;
  /** A lead's id, or the contact as the opportunity's sender names it. */
  readonly contact: string;
}

/** Who is credited, and the touches that decided it. */
export interface Crediting {
  readonly credit: Credit;
  /** The first of each side in the window before opening; null: there was none. */
  readonly firstMarketing: AccountTouch | null;
  readonly firstSales: AccountTouch | null;
  /** The first marketing touch from the window's start to closing; null: marketing had no influence. */
  readonly influence: AccountTouch | null;
}

interface Span {
  readonly openedAt: Instant;
  /** Null: it is open, and counts up to `asOf`. */
  readonly closedAt: Instant | null;
}

/**
 * Credits an opportunity by the touches of its account, in any order; of two at the same instant marketing's goes first.
 * The window is `[openedAt − windowMs, openedAt)`, for influence up to the closing, or `asOf`, and without that instant.
 */
export function creditOf(
  { openedAt, closedAt }: Span,
  touches: readonly AccountTouch[],
  { windowMs, asOf }: { readonly windowMs: DurationMs; readonly asOf: Instant },
): Crediting {
  const first = (side: TouchSide, until: Instant): AccountTouch | null =>
    touches
      .filter((touch) => touch.side === side && touch.at >= openedAt - windowMs && touch.at < until)
      .toSorted(inOrder)[0] ?? null;
  const firstMarketing = first('marketing', openedAt);
  const firstSales = first('sales', openedAt);
  const influence = first('marketing', closedAt ?? asOf);
  return { credit: creditBy(firstMarketing, firstSales), firstMarketing, firstSales, influence };
}

function creditBy(marketing: AccountTouch | null, sales: AccountTouch | null): Credit {
  if (marketing === null) return 'sales-sourced';
  return sales === null || marketing.at <= sales.at ? 'marketing-sourced' : 'sales-first';
}

const inOrder = (a: AccountTouch, b: AccountTouch): number =>
  a.at - b.at || byText(a.contact, b.contact) || byText(a.name, b.name);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Why an opportunity is credited as it is, in one sentence. */
export function reasonOf({ credit, firstMarketing, firstSales, influence }: Crediting): string {
  switch (credit) {
    case 'marketing-sourced':
      return `marketing first: ${touchText(firstMarketing!)}; ${afterwards(firstMarketing!, firstSales)}`;
    case 'sales-first':
      return `sales first: ${touchText(firstSales!)}; marketing after: ${touchText(firstMarketing!)}`;
    case 'sales-sourced': {
      const before = firstSales === null ? 'no touch of either side' : `sales alone: ${touchText(firstSales)}`;
      const after = influence === null ? '' : `; marketing only after opening: ${touchText(influence)}`;
      return `${before} in the window before opening${after}`;
    }
  }
}

function afterwards(marketing: AccountTouch, sales: AccountTouch | null): string {
  if (sales === null) return 'no touch of sales before opening';
  return marketing.at === sales.at
    ? `sales at the same instant (${sales.name} of ${sales.contact}): a tie goes to marketing`
    : `sales after: ${touchText(sales)}`;
}

const touchText = ({ name, contact, at }: AccountTouch): string =>
  `${name}${contact === '' ? '' : ` of ${contact}`} at ${new Date(at).toISOString()}`;
