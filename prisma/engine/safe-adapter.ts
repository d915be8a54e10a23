import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type ColumnType, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { administer, type ConnectionParts } from './connection.js';

const types: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  17: ColumnTypeEnum.Bytes,
  18: ColumnTypeEnum.Character, // "char", which the stock adapter does not know though the catalogue is full of it
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  26: ColumnTypeEnum.Int64,
  114: ColumnTypeEnum.Json,
  700: ColumnTypeEnum.Float,
  701: ColumnTypeEnum.Double,
  1000: ColumnTypeEnum.BooleanArray,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1015: ColumnTypeEnum.TextArray,
  1016: ColumnTypeEnum.Int64Array,
  1028: ColumnTypeEnum.Int64Array,
  1082: ColumnTypeEnum.Date,
  1083: ColumnTypeEnum.Time,
  1114: ColumnTypeEnum.DateTime,
  1184: ColumnTypeEnum.DateTime,
  1700: ColumnTypeEnum.Numeric,
  2950: ColumnTypeEnum.Uuid,
  3802: ColumnTypeEnum.Json,
};

/** What the stock adapter has inside and does not name in its types. */
interface Insides {
  readonly client: { query: (sql: string) => Promise<unknown> };
  readonly performIO: (query: SqlQuery) => Promise<pg.QueryArrayResult<unknown[]>>;
  readonly onError: (error: unknown) => never;
}

/** Prisma's adapter, made safe for migrations: see `mend`, and a shadow database that is another one for certain. */
export class SafeAdapterFactory extends PrismaPg {
  constructor(private readonly parts: ConnectionParts) {
    super({ ...parts, max: 1 }, { schema: parts.schema });
  }

  override async connect() {
    return mend(await super.connect());
  }

  override async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    await administer(this.parts, `CREATE DATABASE "${database}"`);
    const adapter = mend(await new PrismaPg({ ...this.parts, database, max: 1 }).connect());
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await administer(this.parts, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    };
    return adapter;
  }
}

/**
 * Two repairs. A script goes to the server whole, which makes it one transaction; the stock adapter splits it at every
 * `;`, also inside functions. And a column of a type unknown to the adapter is read as text instead of failing.
 */
function mend<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const insides = adapter as unknown as Insides;
  adapter.executeScript = async (sql) => {
    await insides.client.query(sql).catch((error: unknown) => insides.onError(error));
  };
  adapter.queryRaw = async (query) => {
    const { fields, rows } = await insides.performIO(query);
    const columnTypes = fields.map(({ dataTypeID }) => types[dataTypeID] ?? ColumnTypeEnum.Text);
    return { columnNames: fields.map(({ name }) => name), columnTypes, rows };
  };
  return adapter;
}
