import type { AgreementTerms } from '../../../src/domain/agreement/index.js';
import { applyingCommand, commandOf, revertingCommand } from '../../../src/domain/rollout/rollout-commands.js';
import { anAgreement } from '../../builders/index.js';

const { terms } = anAgreement();
const stored: Readonly<Record<string, AgreementTerms>> = { [terms.key]: terms };
const findTerms = (key: string) => Promise.resolve(stored[key]);
const lead = { leadId: 'lead-1', commandId: 'rollout_1', attemptCount: 0, agreementKey: terms.key, cycleStartedAt: 0 };
const speaker = { by: 'sales-ops', receivedAt: 7 };

describe('a command of a rollout', () => {
  test('is stored without terms, and told with those of its version, by value', async () => {
    const agreement = { key: terms.key, name: terms.name, version: 9 };
    const command = applyingCommand(lead, { agreement, mode: 'recompute' }, speaker);
    expect(JSON.stringify(command).length).toBeLessThan(500);
    expect(await commandOf(command, findTerms)).toEqual({
      type: 'apply-agreement',
      id: 'rollout_1',
      at: 7,
      by: 'sales-ops',
      running: 'recompute',
      agreement: { ...terms, version: 9 },
    });
  });

  test('that takes one back brings all terms that it names', async () => {
    const agreement = { key: terms.key, name: terms.name, version: 1 };
    const reversal = { kind: 'restorable', agreement, appliedSeq: 12, clocks: [] } as const;
    expect(await commandOf(revertingCommand(lead, reversal, speaker), findTerms)).toEqual({
      type: 'revert-agreement',
      id: 'rollout_1_undone',
      at: 7,
      by: 'sales-ops',
      agreement,
      appliedSeq: 12,
      clocks: [],
      agreements: stored,
    });
  });

  test('of any other origin is told as it is stored', async () => {
    const command = { id: 'c1', leadId: 'lead-1', type: 'status', body: { text: 'on it' }, ...speaker } as const;
    expect(await commandOf(command, findTerms)).toEqual({
      id: 'c1',
      type: 'status',
      text: 'on it',
      at: 7,
      by: 'sales-ops',
    });
  });

  test('that names terms which are not stored is not told', async () => {
    const agreement = { key: 'lost', name: terms.name, version: 9 };
    const command = applyingCommand(lead, { agreement, mode: 'keep' }, speaker);
    await expect(commandOf(command, findTerms)).rejects.toThrow('rollout_1 names the agreement lost');
  });
});
