import {
  canonicalJson,
  changeAgreement,
  meansTheSame,
  type AgreementDocument,
  type CalendarKeys,
} from '../../documents/index.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { VersionReader } from '../../domain/agreement/ports.js';
import { formatDate, parseDate } from '../../domain/business-time/civil-date.js';
import type { CalendarDefinition, Instant } from '../../domain/business-time/index.js';
import type { CalendarSubject, CorrectionStore, CorrectionToMake } from '../../domain/correction/index.js';
import type { AgreementStore } from '../../domain/ports.js';
import type { DocumentKeeper } from '../commands/changed-agreements.js';
import type { FieldError } from '../problems.js';

export interface CorrectedTermsParts {
  readonly corrections: Pick<CorrectionStore, 'termsInstead' | 'ownTerms'>;
  readonly versions: Pick<VersionReader, 'findVersion'>;
  readonly agreements: Pick<AgreementStore, 'findDocument' | 'findTerms'> & DocumentKeeper;
  readonly calendars: CalendarKeys;
  readonly dateStart: (timeZone: string, date: string) => Instant;
}

type Found = Pick<CorrectionToMake, 'termsInstead' | 'coversFrom' | 'coversUntil'>;
type Wrong = { readonly errors: readonly FieldError[] };

/** The terms that should have held, kept under keys of their own: what was judged by the others stays to be seen. */
export class CorrectedTerms {
  constructor(private readonly parts: CorrectedTermsParts) {}

  async of(subject: CalendarSubject, at: Instant): Promise<(Found & { readonly errors?: undefined }) | Wrong> {
    const versions = await this.#versionsOf(subject);
    if ('errors' in versions) return versions;
    const span = this.#spanOf(subject, versions[0]!);
    if (span.coversUntil > at) return wrong('days', 'are not all over: publish a version for days to come');
    const instead = await this.parts.corrections.termsInstead();
    const termsInstead: Record<string, string> = {};
    for (const wrongTerms of [...versions.map(wronglyAll(subject)), ...(await this.#ownTermsOf(subject, versions))]) {
      if (wrongTerms.key in termsInstead) continue;
      const corrected = await this.#corrected(subject.calendar, wrongTerms, instead, at);
      if (typeof corrected !== 'string') return corrected;
      for (const key of keysLeadingTo(instead, wrongTerms.key)) termsInstead[key] = corrected;
    }
    return { termsInstead, ...span };
  }

  async #versionsOf({ agreement, versions, calendar }: CalendarSubject): Promise<readonly AgreementVersion[] | Wrong> {
    const found = await Promise.all(versions.map((version) => this.parts.versions.findVersion(agreement, version)));
    const unknown = versions.filter((_, index) => found[index] === undefined);
    if (unknown.length > 0) return wrong('versions', `${agreement} has no version ${unknown.join(', ')}`);
    const known = found.filter((version) => version !== undefined);
    const without = known.find(({ terms }) => !(calendar in terms.calendars));
    if (without === undefined) return known;
    const names = Object.keys(without.terms.calendars).join(', ');
    return wrong('calendar', `is none of ${agreement}@${without.version}: known are ${names}`);
  }

  /** From the beginning of the first day to the end of the last, in the calendar's zone. */
  #spanOf({ calendar, days }: CalendarSubject, { terms }: AgreementVersion) {
    const { timeZone } = terms.calendars[calendar]!;
    const dates = Object.keys(days).sort();
    const [first, last] = [dates[0]!, dates.at(-1)!];
    return {
      coversFrom: this.parts.dateStart(timeZone, first),
      coversUntil: this.parts.dateStart(timeZone, dayAfter(last)),
    };
  }

  /** Some leads follow a version with lines of their own: a day that these settle stays as they say. */
  async #ownTermsOf(subject: CalendarSubject, versions: readonly AgreementVersion[]): Promise<readonly WrongTerms[]> {
    const { agreement, calendar } = subject;
    const own = await this.parts.corrections.ownTerms(agreement, subject.versions);
    const wrongTerms = own.map(async ({ key, version }): Promise<WrongTerms> => {
      const mine = (await this.parts.agreements.findTerms(key))?.calendars[calendar];
      const meant = versions.find((one) => one.version === version)?.terms.calendars[calendar];
      const days = Object.entries(subject.days).filter(([date]) => mine && meant && saySame(mine, meant, date));
      return { key, version, days: Object.fromEntries(days) };
    });
    return (await Promise.all(wrongTerms)).filter(({ days }) => Object.keys(days).length > 0);
  }

  /** The key of the terms with the right hours, made upon those of earlier corrections. */
  async #corrected(
    calendar: string,
    { key, version, days }: WrongTerms,
    instead: Readonly<Record<string, string>>,
    at: Instant,
  ): Promise<string | Wrong> {
    const base = (await this.parts.agreements.findDocument(instead[key] ?? key)) as AgreementDocument;
    const set = Object.fromEntries(
      Object.entries(days).map(([date, hours]) => [`calendars.${calendar}.exceptions.${date}`, hours]),
    );
    const changed = changeAgreement(base, set, this.parts.calendars, { at, version });
    if (changed.document === undefined) {
      return { errors: changed.mistakes.map((message) => ({ path: 'days', message })) };
    }
    const { document, terms } = changed;
    const text = JSON.stringify(document, null, 2);
    await this.parts.agreements.saveDocument({ terms, text, canonical: canonicalJson(document) });
    return terms.key;
  }
}

/** Terms that a correction puts right, and on which days. */
interface WrongTerms {
  readonly key: string;
  readonly version: number;
  readonly days: CalendarSubject['days'];
}

const wronglyAll =
  ({ days }: CalendarSubject) =>
  ({ key, version }: AgreementVersion): WrongTerms => ({ key, version, days });

/** Whether two calendars say the same of a date by its name, whatever their weekly hours are. */
const saySame = (one: CalendarDefinition, other: CalendarDefinition, date: string): boolean =>
  meansTheSame(saidOf(one, date), saidOf(other, date));

const saidOf = ({ closed = [], exceptions = {} }: CalendarDefinition, date: string) => ({
  isClosed: closed.includes(date),
  hours: exceptions[date] ?? null,
});

const wrong = (path: string, message: string): Wrong => ({ errors: [{ path, message }] });

const dayAfter = (date: string): string => formatDate(parseDate(date)! + 1);

/** The key itself, and what earlier corrections have put in its place. */
function keysLeadingTo(instead: Readonly<Record<string, string>>, key: string): readonly string[] {
  const latest = instead[key];
  if (latest === undefined) return [key];
  return [...Object.keys(instead).filter((known) => instead[known] === latest), latest];
}
