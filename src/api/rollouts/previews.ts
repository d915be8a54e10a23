/**
 * Previews and rollouts as the edge knows them: which leads are looked at, what is ordered, and who hears of it. What a
 * version does to a lead is the core's, and how it gets there the rollout's workflow's; nothing here decides either.
 */
import type { AgreementTerms, AgreementVersion } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { RolloutMode } from '../../domain/lifecycle/commands.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { termsKeysOf } from '../../domain/notices/index.js';
import type { AgreementStore, CalendarAnswer, DirectoryStore } from '../../domain/ports.js';
import { previewPage, rememberingWindows, type PreviewedPage } from '../../domain/preview/preview-page.js';
import type { Concern, RunningLead, RunningLeads } from '../../domain/rollout/ports.js';
import { nameOfVersion, type ShadowLook, type ShadowStore } from '../../domain/shadow/ports.js';
import type { VersionRef } from '../../domain/shadow/shadow.js';
import type { Workload } from '../../domain/routing/directory.js';

export interface PreviewsParts {
  readonly runningLeads: RunningLeads;
  readonly agreements: Pick<AgreementStore, 'findTerms'>;
  readonly directory: DirectoryStore;
  readonly shadows: Pick<ShadowStore, 'find'>;
  readonly answerFromCalendar: CalendarAnswer;
}

/** Where a preview goes on: after which lead, at which instant, and whom the pages before have given leads. */
export interface PreviewCursor {
  readonly after: string;
  readonly at: Instant;
  readonly workload: Workload;
}

export interface PreviewQuestion {
  readonly version: Pick<AgreementVersion, 'terms' | 'name' | 'version' | 'key'>;
  readonly mode: RolloutMode;
  readonly segments: readonly string[];
  readonly at: Instant;
  readonly limit: number;
  readonly cursor?: PreviewCursor;
}

export interface PreviewAnswer extends PreviewedPage {
  readonly at: Instant;
  /** Of all pages, by now. */
  readonly leadCount: number;
  readonly next?: PreviewCursor;
}

export class Previews {
  constructor(private readonly parts: PreviewsParts) {}

  /** One page of leads, each as it would be by the end of `at` with the version and without it. */
  async page(question: PreviewQuestion): Promise<PreviewAnswer> {
    const { runningLeads, directory } = this.parts;
    const { version, mode, limit, cursor } = question;
    const at = cursor?.at ?? question.at;
    const concern = concernOf(question);
    const leads = await runningLeads.page(concern, cursor?.after, limit);
    const agreements = await this.#termsOf(leads);
    const page = previewPage(
      leads,
      { agreement: { ...version.terms, version: version.version }, mode, at },
      {
        directory: await directory.read(),
        workload: cursor?.workload ?? (await runningLeads.workload()),
        answerCalendar: rememberingWindows(this.parts.answerFromCalendar),
        agreements,
        shadows: await this.#shadowsOf([version, ...Object.values(agreements)]),
      },
    );
    const last = leads.length < limit ? undefined : leads.at(-1)?.leadId;
    const leadCount = await runningLeads.count(concern);
    const next = last === undefined ? {} : { next: { after: last, at, workload: page.workload } };
    return { ...page, at, leadCount, ...next };
  }

  async #shadowsOf(versions: readonly VersionRef[]): Promise<ShadowLook['shadows']> {
    const names = new Map(versions.map((version) => [nameOfVersion(version), version]));
    const found = await Promise.all(
      [...names].map(async ([name, version]) => [name, (await this.parts.shadows.find(version))?.shadow] as const),
    );
    return Object.fromEntries(found.flatMap(([name, shadow]) => (shadow ? [[name, shadow]] : [])));
  }

  /** Everything that the leads and their clocks follow. */
  async #termsOf(leads: readonly RunningLead[]): Promise<Readonly<Record<string, AgreementTerms>>> {
    const keys = new Set(leads.flatMap(({ story }) => termsKeysOf(foldLead(story))));
    const found = await Promise.all([...keys].map((key) => this.parts.agreements.findTerms(key)));
    return Object.fromEntries(found.flatMap((terms) => (terms ? [[terms.key, terms]] : [])));
  }
}

const concernOf = ({ version: { key, name, version }, mode, segments }: PreviewQuestion): Concern => ({
  agreement: { key, name, version },
  mode,
  segments,
});
