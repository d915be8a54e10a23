import { z } from 'zod';
import { parseAgreement, type CalendarKeys } from '../documents/index.js';
import type { AgreementVersion } from '../domain/agreement/index.js';
import type { VersionReader } from '../domain/agreement/ports.js';
import type { Instant } from '../domain/business-time/index.js';
import type { CalendarAnswer } from '../domain/ports.js';
import type { WhatIf } from '../domain/what-if/comparison.js';
import type { WhatIfAnswer, WhatIfRequest } from '../domain/what-if/ports.js';
import { instant, localDate } from './field-schemas.js';
import { ProblemError } from './problems.js';
import { invalidBody, invalidQuery, validatedQuery } from './validated-body.js';
import { whatIfView } from './views/what-if-view.js';

/** What is younger may still be on its way into the database. */
const RECORDED_AFTER_MS = 10_000;

const day = z.union([localDate, instant], { error: 'must be a date like 2026-07-01, or an instant with an offset' });
const parameters = z.strictObject({
  from: day,
  to: day,
  against: z.coerce.number().int().min(1).optional(),
  format: z.enum(['json', 'svg']).default('json'),
});
type Parameters = z.output<typeof parameters>;

export interface WhatIfDeps {
  readonly versions: Pick<VersionReader, 'findVersion'>;
  readonly calendars: CalendarKeys;
  readonly answerFromCalendar: CalendarAnswer;
  readonly answerWhatIf: WhatIfAnswer;
  /** The comparison as a picture. */
  readonly drawWhatIf: (whatIf: WhatIf) => string;
}

type WhatIfContent =
  | { readonly kind: 'json'; readonly value: ReturnType<typeof whatIfView> }
  | { readonly kind: 'svg'; readonly svg: string };

/** What is held against the past, and whose time zone its days are in. */
type Subject = Pick<WhatIfRequest, 'terms' | 'version'> & { readonly timeZone: string };

/** Asks of stored versions and of documents what they would have made of past leads. */
export class WhatIfs {
  constructor(private readonly deps: WhatIfDeps) {}

  async ofVersion(name: string, version: string, query: unknown, now: Instant): Promise<WhatIfContent> {
    const asked = validatedQuery(parameters, query);
    const { terms, charter } = await this.#requireVersion(name, Number(version));
    return this.#answer({ terms, version: terms.version, timeZone: charter.timeZone }, asked, now);
  }

  async ofDocument(text: string, query: unknown, now: Instant): Promise<WhatIfContent> {
    const asked = validatedQuery(parameters, query);
    const read = parseAgreement(text, 'document', this.deps.calendars, { at: now });
    if (read.document === undefined) {
      throw invalidBody(
        read.mistakes.map(({ line, path, message }) => ({ path: `document, line ${line}: ${path}`, message })),
      );
    }
    const { timeZone, calendars, defaultCalendar } = read.document;
    const zone = timeZone ?? calendars[defaultCalendar]?.timeZone ?? 'UTC';
    return this.#answer({ terms: read.terms, version: null, timeZone: zone }, asked, now);
  }

  async #answer({ terms, version, timeZone }: Subject, asked: Parameters, now: Instant): Promise<WhatIfContent> {
    const [from, to] = [this.#startOf(asked.from, timeZone), this.#startOf(asked.to, timeZone)];
    if (from >= to) throw invalidQuery([{ path: 'to', message: 'must lie after from; the period is [from, to)' }]);
    const against = asked.against === undefined ? {} : { against: await this.#against(terms.name, asked.against) };
    const whatIf = await this.deps.answerWhatIf({
      terms,
      version,
      ...against,
      from,
      to,
      asOf: now - RECORDED_AFTER_MS,
    });
    if (asked.format === 'json') return { kind: 'json', value: whatIfView(whatIf) };
    return { kind: 'svg', svg: this.deps.drawWhatIf(whatIf) };
  }

  async #against(name: string, version: number): Promise<NonNullable<WhatIfRequest['against']>> {
    const { terms } = await this.#requireVersion(name, version);
    return { terms, version };
  }

  async #requireVersion(name: string, version: number): Promise<AgreementVersion> {
    const found = Number.isSafeInteger(version) ? await this.deps.versions.findVersion(name, version) : undefined;
    if (found === undefined) {
      throw new ProblemError('unknown-version', {
        detail: `There is no version ${version} of ${JSON.stringify(name)}`,
      });
    }
    return found;
  }

  /** A date is the beginning of that day where the agreement counts its days. */
  #startOf(written: string | number, timeZone: string): Instant {
    if (typeof written === 'number') return written;
    const question = { kind: 'date-start', key: '', asOf: 0, timeZone, date: written } as const;
    return this.deps.answerFromCalendar(question) as Instant;
  }
}
