/**
 * The specification in this folder is a copy, byte for byte, of the one that all work is measured against.
 * The original stands beside the checkout where the work is done; elsewhere there is nothing to compare with.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const copy = import.meta.dirname;
const original = join(copy, '../../../shared/spec');
const whereOriginalExists = existsSync(original) ? test : test.skip;

const specFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(md|yaml|jsonl)$/.test(path))
    .sort();

describe('the copied specification', () => {
  test('holds the rules, an agreement, people, scenarios and vectors', () => {
    expect(specFiles(copy)).toEqual(
      expect.arrayContaining([
        'README.md',
        'agreements/inbound-saas.yaml',
        'people.yaml',
        'scenarios/01-answered-at-once.yaml',
        'vectors/business-time.jsonl',
      ]),
    );
  });

  whereOriginalExists('has the files of the original and no others', () => {
    expect(specFiles(copy)).toEqual(specFiles(original));
  });

  whereOriginalExists('equals the original byte for byte', () => {
    const differing = specFiles(original).filter(
      (path) =>
        !existsSync(join(copy, path)) || !readFileSync(join(copy, path)).equals(readFileSync(join(original, path))),
    );
    expect(differing).toEqual([]);
  });
});
