import type { CommandOutcome, StoredCommand } from '../domain/ports.js';
import type { CommandInTurn } from '../domain/rollout/ports.js';
import { commandRow, findCommandRecords } from './commands.js';
import type { Queries } from './connections.js';

/** Stores what the machinery says to many leads, unless it is stored; in the order given. */
export async function storeCommands(
  queries: Queries,
  workspace: string,
  commands: readonly StoredCommand[],
  principal: string,
): Promise<readonly CommandInTurn[]> {
  if (commands.length === 0) return [];
  await queries.query(
    `INSERT INTO command (workspace, id, lead_id, type, body, by, principal, received_at)
      SELECT workspace, id, lead_id, type, body, by, principal, received_at
      FROM json_populate_recordset(NULL::command, $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(commands.map((command) => commandRow(workspace, command, principal)))],
  );
  const ids = commands.map(({ id }) => id);
  const stored = await findStoredCommands(queries, workspace, ids);
  return ids.map((id) => stored.get(id)!);
}

export const findStoredCommands = async (
  queries: Queries,
  workspace: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CommandInTurn>> =>
  new Map((await findCommandRecords(queries, workspace, ids)).map((record) => [record.command.id, record]));

interface Completed {
  readonly commandId?: string;
  readonly outcome?: Exclude<CommandOutcome, { kind: 'unanswered' }>;
}

/** Keeps the first outcome of each command; those without one wait on. */
export const completeCommands = (client: Queries, workspace: string, outcomes: readonly Completed[]) =>
  client.query(
    `UPDATE command SET outcome = given.outcome, completed_at = clock_timestamp()
      FROM jsonb_to_recordset($2) AS given ("commandId" text, outcome jsonb)
      WHERE command.workspace = $1 AND command.id = "commandId" AND command.outcome IS NULL AND given.outcome IS NOT NULL`,
    [workspace, JSON.stringify(outcomes)],
  );
