import { readHistoryRow, type WrittenHandOff } from '../documents/index.js';
import type { Actor } from '../domain/access/audit-entry.js';
import type { DirectoryStore } from '../domain/ports.js';
import { answerFromDirectory } from '../domain/routing/answer.js';
import type { Directory, HolderRef } from '../domain/routing/directory.js';
import type { HistoryRow, HistoryStore, RowOutcome } from '../domain/what-if/ports.js';

export interface HistoryImportDeps {
  readonly history: HistoryStore;
  readonly directory: DirectoryStore;
}

export interface RefusedRow {
  /** Its place in the list that was sent, from 0. */
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

export interface ImportReport {
  readonly stored: number;
  /** The same was there from before. */
  readonly known: number;
  readonly refused: readonly RefusedRow[];
}

/** Takes rows of another system's history: reads each, gives its holder team and calendar, and keeps what is good. */
export class HistoryImports {
  constructor(private readonly deps: HistoryImportDeps) {}

  async importRows(written: readonly unknown[], actor: Actor): Promise<ImportReport> {
    const directory = await this.deps.directory.read();
    const read = written.map((row) => readHistoryRow(row, (owner) => holderFor(directory, owner)));
    const good = read.flatMap(({ row }, index) => (row === undefined ? [] : [{ row, index }]));
    const outcomes = await this.#store(
      good.map(({ row }) => row),
      actor,
    );
    const unread = read.flatMap(({ mistakes }, index) => (mistakes.length === 0 ? [] : [unreadable(index, mistakes)]));
    const refused = good.flatMap(({ index }, position) => refusedAs(index, outcomes[position]!));
    return {
      stored: outcomes.filter((outcome) => outcome === 'stored').length,
      known: outcomes.filter((outcome) => outcome === 'known').length,
      refused: [...unread, ...refused].toSorted((a, b) => a.index - b.index),
    };
  }

  async #store(rows: readonly HistoryRow[], actor: Actor): Promise<readonly RowOutcome[]> {
    return rows.length === 0 ? [] : this.deps.history.importRows(rows, actor);
  }
}

const unreadable = (index: number, mistakes: readonly string[]): RefusedRow => ({
  index,
  code: 'invalid-row',
  message: mistakes.join('; '),
});

const messages: Readonly<Record<Exclude<RowOutcome, 'stored' | 'known'>, string>> = {
  'other-hand-off': 'this lead was imported before with another hand-off; the first one stays',
  'no-hand-off': 'the hand-off of this lead does not stand before this row, nor was it imported before; put it first',
  'before-hand-off': 'this lies before the hand-off of its lead; give what happened before as actions of the hand-off',
  'own-lead': 'this lead was handed over to Handoff itself, so its ledger tells its story',
};

const refusedAs = (index: number, outcome: RowOutcome): readonly RefusedRow[] =>
  outcome === 'stored' || outcome === 'known' ? [] : [{ index, code: outcome, message: messages[outcome] }];

/** As the directory of now has them; whoever has left keeps the team that the row names, on its calendar. */
function holderFor(directory: Directory, { owner, team }: WrittenHandOff): HolderRef | undefined {
  if (owner === undefined && team === undefined) return undefined;
  const asked = { kind: 'person', key: '', asOf: 0, person: owner ?? '' } as const;
  const known = answerFromDirectory(asked, directory, { openLeadCounts: {}, lastGivenAt: {} }) as HolderRef | null;
  if (known !== null && team === undefined) return known;
  const calendar = directory.teams.find(({ id }) => id === team)?.calendar ?? known?.calendar ?? null;
  const queue = owner === undefined ? (team ?? null) : null;
  return { owner: owner ?? null, queue, team: team ?? null, calendar };
}
