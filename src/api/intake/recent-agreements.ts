import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { AgreementStore } from '../../domain/ports.js';

/** How long a lead may still be handed off under a version that was just replaced. */
const KNOWN_FOR_MS = 1_000;

interface Known {
  readonly terms: Promise<AgreementTerms | undefined>;
  readonly readAt: Instant;
}

/** The active agreements, read once a second at most: under a burst, every lead would read the same document. */
export class RecentAgreements {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly agreements: Pick<AgreementStore, 'findActive'>,
    private readonly now: () => Instant,
  ) {}

  /** Without a name, the default one. What is not there, or could not be read, is looked for each time. */
  findActive(name = ''): Promise<AgreementTerms | undefined> {
    const known = this.#known.get(name);
    if (known !== undefined && this.now() - known.readAt < KNOWN_FOR_MS) return known.terms;
    const terms = this.agreements.findActive(name === '' ? undefined : name);
    this.#known.set(name, { terms, readAt: this.now() });
    const forget = () => void this.#known.delete(name);
    void terms.then((found) => found ?? forget(), forget);
    return terms;
  }
}
