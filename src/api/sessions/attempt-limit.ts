import type { Instant } from '../../domain/business-time/index.js';

const WRONG_COUNT_MAX = 10;
const WITHIN_MS = 10 * 60_000;
/** More addresses than this are not kept apart; the oldest go first. */
const ADDRESS_COUNT_MAX = 10_000;

/** How often wrong keys may come from one address: ten within ten minutes, of this process. */
export class AttemptLimit {
  readonly #wrongAt = new Map<string, readonly Instant[]>();

  /** How long an address must wait before its next attempt; 0: not at all. */
  waitMsOf(address: string, at: Instant): number {
    const recent = this.#recent(address, at);
    return recent.length < WRONG_COUNT_MAX ? 0 : recent[0]! + WITHIN_MS - at;
  }

  noteWrong(address: string, at: Instant): void {
    const wrongAt = [...this.#recent(address, at), at].slice(-WRONG_COUNT_MAX);
    this.#wrongAt.delete(address);
    this.#wrongAt.set(address, wrongAt);
    if (this.#wrongAt.size > ADDRESS_COUNT_MAX) this.#wrongAt.delete(this.#wrongAt.keys().next().value!);
  }

  #recent(address: string, at: Instant): readonly Instant[] {
    return (this.#wrongAt.get(address) ?? []).filter((wrongAt) => wrongAt > at - WITHIN_MS);
  }
}
