/**
 * A throwaway checkout in which house rules are broken on purpose. Here may live what plants and runs checks; what the
 * rules say stays in their own configuration files, which are copied, never repeated.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const checkout = resolve(import.meta.dirname, '../..');

const copied = [
  'package.json',
  '.gitignore',
  'tsconfig.json',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
  'scripts/lint-rules.mjs',
];

export interface PlantedTree {
  /** Runs a tool of the checkout in the tree and gives what it prints; a finding is not an error here. */
  run(tool: string, args: readonly string[]): string;
  remove(): void;
}

/** @param files the text of each planted file by its path in the tree */
export function plantTree(files: Readonly<Record<string, string>>): PlantedTree {
  const root = mkdtempSync(join(tmpdir(), 'handoff-planted-'));
  for (const file of copied) cpSync(join(checkout, file), join(root, file));
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    run: (tool, args) => runTool(root, tool, args),
    remove: () => rmSync(root, { recursive: true }),
  };
}

function runTool(root: string, tool: string, args: readonly string[]): string {
  const bin = join(root, 'node_modules/.bin', tool);
  const { stdout, stderr, error } = spawnSync(bin, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
  if (error) throw error;
  if (stdout === '') throw new Error(`${tool} printed nothing on standard output; on standard error: ${stderr}`);
  return stdout;
}
