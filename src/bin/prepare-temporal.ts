import { Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../temporal/search-attributes.js';

/** Registers what the leads' workflows need in a namespace; may be called often. */
export async function prepareTemporal(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await ensureSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}
