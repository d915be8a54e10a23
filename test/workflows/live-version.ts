import type { AgreementVersion } from '../../src/domain/agreement/index.js';
import type { VersionAct } from '../../src/domain/agreement/life/index.js';
import { agreementWorkflowId } from '../../workflows/messages.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { until, type LeadWorld } from './lead-world.js';

const signers = { marketing: ['head-of-marketing'], sales: ['head-of-sales'] };
const workspace = 'default';

export interface Publication {
  readonly effectiveInMs: number;
  readonly reviewInMs: number;
  readonly hasMail?: boolean;
}

/** A version of an agreement of its own, and the clock of its workflow. */
export class LiveVersion {
  readonly workflowId: string;
  readonly clock: VirtualClock;
  readonly place: { readonly workspace: string; readonly name: string; readonly version: number };

  private constructor(
    private readonly world: LeadWorld,
    name: string,
  ) {
    this.place = { workspace, name, version: 1 };
    this.workflowId = agreementWorkflowId({ ...this.place, status: 'draft', revision: 1 });
    this.clock = new VirtualClock(world.client, this.workflowId);
  }

  /** @param name used once: workflows of all test files meet on one server */
  static async drafted(world: LeadWorld, name: string): Promise<LiveVersion> {
    const { terms, text, canonical } = (await world.database.versions.findVersion('inbound-saas', 1))!;
    const document = { terms: { ...terms, name, key: `key-of-${name}` }, text, canonical };
    await world.database.versions.createDraft(document, { by: 'olga', principal: 'admin' }, Date.now());
    return new LiveVersion(world, name);
  }

  /** Does something to it, and tells its workflow as the API does. */
  async does(act: VersionAct): Promise<void> {
    const actor = { by: act.by, principal: 'admin' };
    const outcome = await this.world.database.versions.act(this.place, act, { actor, signers });
    if (outcome.kind === 'refused') throw new Error(`${act.type}: ${outcome.refusal.code}`);
    await this.told();
  }

  async told(): Promise<void> {
    for (const standing of await this.world.database.versions.listUntold(50)) {
      await this.world.versionWorkflows.tell(standing);
      await this.world.database.versions.markTold(standing, standing.revision);
    }
  }

  /** With mail, time is not skipped before both signers were asked: a clock stands still while something is done. */
  async signed(at: number, { hasMail = false } = {}): Promise<void> {
    const key = `key-of-${this.place.name}`;
    await this.does({ type: 'submit', by: 'olga', at });
    if (hasMail) await until('both are asked', () => this.mails(/Please sign/).length === 2);
    await this.does({ type: 'sign', by: 'head-of-sales', key, at });
    await this.does({ type: 'sign', by: 'head-of-marketing', key, at });
  }

  async published({ effectiveInMs, reviewInMs, hasMail = false }: Publication): Promise<number> {
    const at = Date.now();
    await this.signed(at, { hasMail });
    const days = { effectiveFromAt: at + effectiveInMs, reviewDueAt: at + reviewInMs };
    await this.does({ type: 'publish', by: 'olga', at, ...days });
    return at;
  }

  /** Another version of the same agreement takes its place. */
  async superseded(): Promise<void> {
    const { terms, text, canonical } = await this.read();
    await this.world.database.agreements.saveAgreement({ terms: { ...terms, key: 'another' }, text, canonical });
    await this.told();
  }

  read = async (): Promise<AgreementVersion> =>
    (await this.world.database.versions.findVersion(this.place.name, this.place.version))!;

  untilItIs = (status: string) =>
    until(`it is ${status}`, async () => ((await this.read()).status === status ? this.read() : undefined));

  mails = (subject: RegExp) =>
    this.world.inbox.mails().filter((mail) => subject.test(mail.subject) && mail.subject.includes(this.place.name));
}
