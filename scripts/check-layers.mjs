/** Checks the layer law of .dependency-cruiser.cjs over those of our folders that exist. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folders = ['src', 'workflows', 'activities', 'prisma', 'scripts', 'bench', 'test'].filter((name) =>
  existsSync(name),
);

const { status } = spawnSync(
  'depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...folders],
  {
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
