/** What is committed, as text. Here may live reading of tracked files and of their links; judgements stay in the tests. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { checkout } from './planted-tree.js';

/** Paths of all tracked files that exist, relative to the checkout, in git's order. */
export const trackedFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-z'], { cwd: checkout, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(checkout, path)));

export const textOf = (path: string): string => readFileSync(join(checkout, path), 'utf8');

const isOurPage = (path: string): boolean => path.endsWith('.md') && !path.startsWith('test/spec/');

/** Pages that we write; the specification's are copied as they are. */
export const ourPages = (): readonly string[] => trackedFiles().filter(isOurPage);

/** Targets of a page's links within the checkout, without their fragments, relative to the checkout. */
export const localLinksOf = (page: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));

/** Names of the npm scripts that a text tells its reader to run. */
export const npmScriptsIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/npm run (?:--silent |-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/npm (start|test)\b/g)].map(([, name = '']) => name),
];

const machinePath = /(?<![\w.:/-])\/(?:work|root|tmp|home\/\w+|Users\/\w+)\/[\w.-]+/g;
const registryHost = /https?:\/\/[\w.-]*\b(?:registry|pypi|files\.pythonhosted|repo1|goproxy)\.[\w.-]+/g;

/** What belongs to the machine that wrote a text: absolute paths of its folders and hosts of package registries. */
export const machineTracesIn = (text: string): readonly string[] => [
  ...(text.match(machinePath) ?? []),
  ...(text.match(registryHost) ?? []),
];
