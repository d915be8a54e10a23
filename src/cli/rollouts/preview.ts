import { sumOf as addTotals, type TeamTotals } from '../../domain/preview/totals.js';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { previewLines, type LeadView, type PreviewView } from './preview-words.js';

export interface PreviewOptions {
  readonly mode: string;
  readonly segments?: readonly string[];
  readonly at?: string;
  readonly json?: true;
  /** Lists every lead that would change, not the first ones alone. */
  readonly all?: true;
}

/** Looks at all leads page by page, and tells of them as of one. */
export async function previewVersion(path: string, options: PreviewOptions, ports: CliPorts): Promise<ExitCode> {
  const { json, all = false, ...body } = options;
  const pages: PreviewView[] = [];
  let cursor: string | null = null;
  do {
    const asked: Awaited<ReturnType<typeof ask>> = await ask(ports, 'POST', `${path}/preview`, {
      ...body,
      ...(cursor !== null && { cursor }),
    });
    if (asked.exitCode !== 0) return asked.exitCode;
    const page = asked.answer.body as PreviewView;
    pages.push(page);
    cursor = page.next;
    ports.output.redraw?.(`${sumOf(pages, 'lookedAtCount')} of ${page.leadCount} leads looked at`);
  } while (cursor !== null);
  ports.output.redraw?.('');
  const whole = joined(pages);
  for (const line of json ? [JSON.stringify(whole, null, 2)] : previewLines(whole, all)) ports.output.line(line);
  return 0;
}

const sumOf = (pages: readonly PreviewView[], count: 'lookedAtCount'): number =>
  pages.reduce((sum, page) => sum + page[count], 0);

function joined(pages: readonly PreviewView[]): PreviewView {
  const leads: readonly LeadView[] = pages.flatMap((page) => page.leads);
  const refusing = pages.flatMap((page) => page.refusing);
  const totals = totalsOf(pages.flatMap((page) => page.totals));
  return { ...pages[0]!, lookedAtCount: sumOf(pages, 'lookedAtCount'), totals, leads, refusing, next: null };
}

/** Each team once, as the pages name them. */
function totalsOf(parts: readonly TeamTotals[]): readonly TeamTotals[] {
  const teams = new Map<string | null, TeamTotals>();
  for (const { team, ...counts } of parts) {
    const known = teams.get(team);
    teams.set(team, known ? addTotals(known, counts) : { team, ...counts });
  }
  return [...teams.values()];
}
