/**
 * Fetches the Temporal CLI by the SDK's own official download into the folder given as the only argument. A program of
 * its own, because the SDK's download cannot be called off in any other way than by ending the process.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

try {
  const executable = { type: 'cached-download', downloadDir: process.argv[2] };
  await (await TestWorkflowEnvironment.createLocal({ server: { executable } })).teardown();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
