/** SQLSTATE classes and codes of a server that goes, comes, takes nobody, or was too slow for a transaction. */
const awaySqlStates = /^(08|57P0|53300|25P04|57014)/;
const awaySocketCodes = /^E(CONNREFUSED|CONNRESET|NOTFOUND|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN)$/;
/** Prisma's: cannot reach, timed out, closed the connection, pool is empty. */
const awayPrismaCodes = /^P(1001|1002|1008|1017|2024)$/;
/** Of pg, which gives these no code. */
const awayMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection/;

/** Whether an error says that the database cannot be reached, so that trying again later makes sense. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if ([awaySqlStates, awaySocketCodes, awayPrismaCodes].some((known) => known.test(code))) return true;
  return awayMessages.test(error.message) || isDatabaseAway(error.cause);
}
