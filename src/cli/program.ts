import { Command, CommanderError } from 'commander';
import { addAgreementCommands } from './agreement/agreement-program.js';
import { addBaselineCommands } from './baselines/baseline-program.js';
import { addCorrectionCommands } from './corrections/correction-program.js';
import { addCostCommands } from './costs.js';
import { addExplainCommand } from './explain.js';
import { addAuditCommand, addKeyCommands } from './keys/key-program.js';
import { addHistoryCommands } from './history/history-program.js';
import { addLeadCommands } from './lead/lead-program.js';
import { addLedgerCommands } from './ledger/ledger-program.js';
import { addNoticesCommands } from './notices/notices-program.js';
import { addOpportunityCommands } from './opportunities.js';
import { addReportCommand } from './reports/report-program.js';
import { addReviewCommands } from './reviews/review-program.js';
import { addRolloutCommands } from './rollouts/rollout-program.js';
import type { CliPorts, ExitCode } from './ports.js';
import { testScenarioFiles } from './scenario-test.js';

/** Runs one command line (without `node` and the script) and gives the code to exit with. */
export async function runCli(words: readonly string[], ports: CliPorts): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(ports, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

function createProgram(ports: CliPorts, end: (code: ExitCode) => void): Command {
  const { output } = ports;
  const program = new Command('handoff')
    .description('The service-level agreement between marketing and sales, running.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.error(text.trimEnd()),
    });
  // Commands made by .command() inherit the two settings above; those added by addCommand() would not.
  const scenario = program.command('scenario').description('scenario files: what must happen to a lead');
  scenario
    .command('test')
    .description('run scenarios and compare what happens with what they expect')
    .argument('<path...>', 'scenario files, or folders that stand for their *.yaml')
    .option('--json', 'print one JSON document, for machines')
    .option(
      '--live',
      'run them through workflow, database and mail, on servers of their own unless some are configured',
    )
    .action(async (paths: string[], { json = false, live = false }: { json?: boolean; live?: boolean }) =>
      end(await testScenarioFiles(paths, { json, live }, ports)),
    );
  addAgreementCommands(program, ports, end);
  addLeadCommands(program, ports, end);
  addExplainCommand(program, ports, end);
  addHistoryCommands(program, ports, end);
  addLedgerCommands(program, ports, end);
  addNoticesCommands(program, ports, end);
  addRolloutCommands(program, ports, end);
  addCorrectionCommands(program, ports, end);
  addReviewCommands(program, ports, end);
  addOpportunityCommands(program, ports, end);
  addCostCommands(program, ports, end);
  addReportCommand(program, ports, end);
  addBaselineCommands(program, ports, end);
  addKeyCommands(program, ports, end);
  addAuditCommand(program, ports, end);
  return program;
}
