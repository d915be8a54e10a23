// Here live the examples of pages: commands with what they print. Nothing here runs one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '../../docs');
export const reportsPage = join(docs, 'reports.md');
export const correctionsPage = join(docs, 'corrections.md');

/** What is longer is cut, for nobody reads a walk-through to the end of a table. */
const LINE_COUNT_MAX = 76;

/** What a page shows of an output. */
export function shownOf(printed: string): string {
  const lines = printed.split('\n');
  const cutCount = lines.length - LINE_COUNT_MAX;
  return cutCount <= 1 ? printed : [...lines.slice(0, LINE_COUNT_MAX), `… ${cutCount} more lines`].join('\n');
}

export interface Example {
  /** As after `npx handoff`. */
  readonly words: readonly string[];
  readonly printed: string;
}

const block = /^```console\n\$ npx handoff ([^\n]+)\n([^]*?)^```$/gm;

export const readPage = (path: string): string => readFileSync(path, 'utf8');

/** Every `console` block of a page. */
export const examplesOf = (page: string): readonly Example[] =>
  [...page.matchAll(block)].map(([, command = '', printed = '']) => ({
    words: wordsOf(command),
    printed: printed.trimEnd(),
  }));

/** As a shell takes them apart: what stands in quotes is one. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);

/** The page with what the commands print now in place of what it says they do. */
export async function rewritten(page: string, print: (words: readonly string[]) => Promise<string>): Promise<string> {
  const outputs: string[] = [];
  for (const { words } of examplesOf(page)) outputs.push(await print(words));
  return page.replaceAll(block, (_whole, command: string) => {
    const printed = shownOf(outputs.shift()!);
    return `\`\`\`console\n$ npx handoff ${command}\n${printed}\n\`\`\``;
  });
}

/** The section of a report: from its heading, whose text is its name, to the next one. */
export const sectionOf = (page: string, report: string): string =>
  page.split(new RegExp(`^### \`${report}\`$`, 'm'))[1]?.split(/^##/m)[0] ?? '';
