import type { AgreementRef, AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Command, RolloutMode } from '../lifecycle/commands.js';
import type { StoredCommand } from '../ports.js';
import type { LeadInTurn } from './ports.js';
import type { Reversal } from './reversal.js';

/**
 * What a rollout's commands are stored with in place of terms: a version, or the keys of documents. Thousands of rows
 * need not repeat what stands under its hash already; a lead gets it by value.
 */
interface ByReference {
  readonly termsOfVersion?: AgreementRef;
  readonly termsOfKeys?: readonly string[];
}

interface Speaker {
  readonly by: string;
  readonly receivedAt: Instant;
}

export function applyingCommand(
  { leadId, commandId }: LeadInTurn,
  change: { readonly agreement: AgreementRef; readonly mode: RolloutMode },
  speaker: Speaker,
): StoredCommand {
  const body = { running: change.mode, termsOfVersion: change.agreement };
  return { id: commandId, leadId, type: 'apply-agreement', body, ...speaker };
}

/** The reversal has an id of its own, as fixed as that of the command that it takes back. */
export const revertingIdOf = ({ commandId }: LeadInTurn): string => `${commandId}_undone`;

export function revertingCommand(
  lead: LeadInTurn,
  { kind: _kind, ...former }: Extract<Reversal, { kind: 'restorable' }>,
  speaker: Speaker,
): StoredCommand {
  const followed = former.clocks.flatMap(({ terms }) => terms.map(({ agreement }) => agreement));
  const termsOfKeys = [...new Set([former.agreement.key, ...followed])];
  const body = { ...former, termsOfKeys };
  return { id: revertingIdOf(lead), leadId: lead.leadId, type: 'revert-agreement', body, ...speaker };
}

/**
 * A stored command as a lead takes it.
 * @throws Error if it names terms that are not stored
 */
export async function commandOf(
  { id, type, by, receivedAt, body }: StoredCommand,
  findTerms: (key: string) => Promise<AgreementTerms | undefined>,
): Promise<Command> {
  const { termsOfVersion, termsOfKeys, ...said } = body as ByReference;
  const termsOf = async (key: string): Promise<AgreementTerms> => {
    const terms = await findTerms(key);
    if (!terms) throw new Error(`command ${id} names the agreement ${key}, which is not stored`);
    return terms;
  };
  const terms = await Promise.all((termsOfKeys ?? []).map(termsOf));
  return {
    ...said,
    // The same document may be known under an earlier number.
    ...(termsOfVersion && { agreement: { ...(await termsOf(termsOfVersion.key)), version: termsOfVersion.version } }),
    ...(termsOfKeys && { agreements: Object.fromEntries(terms.map((one) => [one.key, one])) }),
    id,
    type,
    by,
    at: receivedAt,
  } as Command;
}
