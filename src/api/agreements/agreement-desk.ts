import type { Actor } from '../../domain/access/audit-entry.js';
import { charterInstants, charterOf, type VersionSummary } from '../../domain/agreement/index.js';
import {
  signersOf,
  type VersionAct,
  type VersionActType,
  type VersionRefusal,
} from '../../domain/agreement/life/index.js';
import type { VersionRef } from '../../domain/agreement/index.js';
import type { ActParticulars, DraftDocument, VersionOutcome, VersionStore } from '../../domain/agreement/ports.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { DirectoryStore } from '../../domain/ports.js';
import type { VersionTidings } from './version-tidings.js';

export interface AgreementDeskParts {
  readonly versions: VersionStore;
  readonly directory: DirectoryStore;
  readonly tidings: Pick<VersionTidings, 'begin'>;
  readonly dateStart: (timeZone: string, date: string) => Instant;
}

/** Who does something to a version, and when. */
export interface Doing {
  readonly actor: Actor;
  readonly at: Instant;
}

type ActOf<Type extends VersionActType> = Omit<Extract<VersionAct, { readonly type: Type }>, 'by' | 'at' | 'type'>;

/** Takes acts on versions: finds out what they depend on, has the store decide, and tells the version's workflow. */
export class AgreementDesk {
  constructor(private readonly parts: AgreementDeskParts) {}

  async draft(document: DraftDocument, { actor, at }: Doing): Promise<VersionSummary> {
    return this.#told(await this.parts.versions.createDraft(document, actor, at));
  }

  /** As `draft`, but for one that is there already and says the same. */
  async ensureDraft(document: DraftDocument, { actor, at }: Doing): Promise<VersionSummary> {
    return this.#told(await this.parts.versions.ensureDraft(document, actor, at));
  }

  async edit(ref: VersionRef, document: DraftDocument, replaces: string | undefined, doing: Doing) {
    const charter = charterOf(JSON.parse(document.canonical) as Parameters<typeof charterOf>[0]);
    const act = { key: document.terms.key, charter, ...(replaces !== undefined && { replaces }) };
    return this.#act(ref, { type: 'edit', ...said(doing), ...act }, { actor: doing.actor, document });
  }

  /** What begins and ends on a day of the document is reckoned by the document as it stands. */
  async submit(ref: VersionRef, doing: Doing): Promise<VersionOutcome> {
    return this.#onItsDays(ref, 'submit', doing);
  }

  async publish(ref: VersionRef, particulars: { readonly inShadow: boolean }, doing: Doing): Promise<VersionOutcome> {
    return this.#onItsDays(ref, 'publish', doing, particulars);
  }

  async sign(ref: VersionRef, key: string, doing: Doing, linkHash?: string): Promise<VersionOutcome> {
    const link = linkHash === undefined ? {} : { linkHash };
    return this.#bySigners(ref, { type: 'sign', key, ...said(doing) }, { actor: doing.actor, ...link });
  }

  async withdraw(ref: VersionRef, particulars: ActOf<'withdraw'>, doing: Doing): Promise<VersionOutcome> {
    return this.#bySigners(ref, { type: 'withdraw', ...particulars, ...said(doing) }, { actor: doing.actor });
  }

  async return(ref: VersionRef, particulars: ActOf<'return'>, doing: Doing): Promise<VersionOutcome> {
    return this.#act(ref, { type: 'return', ...particulars, ...said(doing) }, { actor: doing.actor });
  }

  async comment(ref: VersionRef, text: string, doing: Doing): Promise<VersionOutcome> {
    return this.#act(ref, { type: 'comment', text, ...said(doing) }, { actor: doing.actor });
  }

  async #onItsDays(
    ref: VersionRef,
    type: 'submit' | 'publish',
    doing: Doing,
    particulars: Pick<ActParticulars, 'inShadow'> = {},
  ): Promise<VersionOutcome> {
    const version = await this.parts.versions.findVersion(ref.name, ref.version);
    if (version === undefined) return unknown;
    const instants = charterInstants(version.charter, this.parts.dateStart);
    return this.#bySigners(ref, { type, ...instants, ...said(doing) }, { actor: doing.actor, ...particulars });
  }

  async #bySigners(ref: VersionRef, act: VersionAct, particulars: Omit<ActParticulars, 'signers' | 'document'>) {
    const version = await this.parts.versions.findVersion(ref.name, ref.version);
    if (version === undefined) return unknown;
    const signers = signersOf(version.charter, await this.parts.directory.read());
    return this.#act(ref, act, { ...particulars, signers });
  }

  async #act(...[ref, act, particulars]: Parameters<VersionStore['act']>): Promise<VersionOutcome> {
    const outcome = await this.parts.versions.act(ref, act, particulars);
    if (outcome.kind === 'done') this.#told(outcome.version);
    return outcome;
  }

  #told(version: VersionSummary): VersionSummary {
    this.parts.tidings.begin();
    return version;
  }
}

const said = ({ actor, at }: Doing) => ({ by: actor.by, at });

const unknown: VersionOutcome = {
  kind: 'refused',
  refusal: { code: 'unknown-version', detail: {} } satisfies VersionRefusal,
};
