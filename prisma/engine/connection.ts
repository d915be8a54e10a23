import pg from 'pg';

/** The parts of a connection that both `pg` and Prisma's adapter take. */
export interface ConnectionParts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly schema: string;
  readonly ssl?: true | { readonly rejectUnauthorized: false };
}

/**
 * Takes a database's URL apart. Prisma's adapter must never get it whole: `pg` lets it win over a database named
 * beside it, and the shadow database would then be the real one.
 */
export function connectionPartsOf(databaseUrl: string): ConnectionParts {
  const url = new URL(databaseUrl);
  const ssl = sslOf(url.searchParams.get('sslmode'));
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    schema: url.searchParams.get('schema') ?? 'public',
    ...(ssl && { ssl }),
  };
}

function sslOf(mode: string | null): ConnectionParts['ssl'] {
  if (mode === null || mode === 'disable') return undefined;
  return mode === 'verify-full' ? true : { rejectUnauthorized: false };
}

/** Runs one statement, without a transaction around it. */
export async function runStatement(parts: ConnectionParts, sql: string): Promise<void> {
  const client = new pg.Client(parts);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Runs a statement about databases beside the one that the statement names. */
export const administer = (parts: ConnectionParts, sql: string): Promise<void> =>
  runStatement({ ...parts, database: 'postgres' }, sql);
