// What the command line prints may be read in part: a reader that closes the pipe ends the command without a word.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

test('a command whose reader has seen enough ends without a complaint', async () => {
  const program = new URL('../../src/bin/handoff.ts', import.meta.url).pathname;
  const command = spawn(process.execPath, ['--import', 'tsx', program, 'agreement', 'schema'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(command, 'close');
  let complaint = '';
  command.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  command.stdout.destroy();
  expect(await ended).toEqual([0, null]);
  expect(complaint).toBe('');
});
