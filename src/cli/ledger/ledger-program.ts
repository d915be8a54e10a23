/**
 * Here lives what sales ops ask of the ledger as a whole. The comparing is done elsewhere and handed in as a port; this
 * only tells what was found.
 */
import type { Command } from 'commander';
import type { CliPorts, ExitCode, LedgerDifference, VerifyTally } from '../ports.js';

/** Adds `handoff ledger …`. */
export function addLedgerCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  program
    .command('ledger')
    .description('the story of all leads, from which everything else is made')
    .command('verify')
    .description('fold every lead’s ledger and compare it with its projections and its workflow')
    .option('--repair', 'write projections anew where they differ; the ledger itself is never changed')
    .action(async ({ repair }: { repair?: true }) => end(await verify(ports, repair === true)));
}

/** Ends with 1 if a difference is left, with 2 if the servers could not be asked. */
async function verify({ verifyLedger, output }: CliPorts, isToRepair: boolean): Promise<ExitCode> {
  const tell = (difference: LedgerDifference): void => output.line(lineOf(difference));
  try {
    const tally = await verifyLedger({ isToRepair, tell });
    output.line(summaryOf(tally));
    if (tally.differenceCount > tally.mendedCount) return 1;
    return tally.unaskedCount > 0 ? 2 : 0;
  } catch (error) {
    output.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

const lineOf = ({ leadId, where, what, isMended }: LedgerDifference): string =>
  `${isMended ? 'mended' : 'DIFFERS'}  ${leadId}  ${where}: ${what}`;

function summaryOf({ leadCount, differenceCount, mendedCount, unaskedCount }: VerifyTally): string {
  const left = differenceCount - mendedCount;
  const unasked = unaskedCount === 0 ? '' : `; the workflows of ${unaskedCount} leads did not answer`;
  const mended = mendedCount === 0 ? '' : `, ${mendedCount} mended`;
  return `${leadCount} leads compared: ${left === 0 ? 'nothing differs' : `${left} differences`}${mended}${unasked}`;
}
