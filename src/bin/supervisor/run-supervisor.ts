import { ConfigurationError } from '../configuration.js';
import { createReporter, StepError } from './reporter.js';
import { readSettings } from './settings.js';
import { supervise, type Programs } from './supervise.js';
import { createThingsToStop } from './things-to-stop.js';

/**
 * Runs everything until a signal comes, then ends it in order and the process with it.
 * A step that fails ends what the steps before it started, and says what to do.
 */
export async function runSupervisor(programs: Programs): Promise<void> {
  let isStopping = false;
  const tell = (line: string) => console.log(line);
  // Steps under way fail when their servers are stopped under them; that is no news.
  const reporter = createReporter((line) => isStopping || tell(line));
  const running = createThingsToStop();
  process.stdout.on('error', () => undefined); // a closed terminal must not keep us from stopping in order

  const stop = async (exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    const startedAt = performance.now();
    await running.stopAll((name, error) => tell(`  ! ${name} did not stop in order: ${String(error)}`));
    tell(`\n  Stopped in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s; nothing is left running.`);
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

  try {
    await supervise({ settings: readSettings(process.env), programs, reporter, running });
  } catch (error) {
    if (isStopping) return; // what was being started has ended under its starter's hands
    reporter.say(`\n${describeFailure(error)}`);
    await stop(1);
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof StepError) return `${error.title} could not be started: ${error.message}`;
  if (error instanceof ConfigurationError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
