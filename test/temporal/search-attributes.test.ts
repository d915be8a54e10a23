import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.js';
import { leadSearchAttributes } from '../../workflows/messages.js';
import { temporalAddress } from '../support/servers.js';
import { registerNamespace } from '../workflows/lead-world.js';

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() });
});
afterAll(() => connection.close());

const typeNumbers = { KEYWORD: 2, INT: 3, DATETIME: 6 } as const;

async function freshNamespace(): Promise<string> {
  const namespace = `attributes-${randomUUID()}`;
  await registerNamespace(connection, namespace);
  return namespace;
}

describe('search attributes', () => {
  test('are registered with their types, however often it is asked for', async () => {
    const namespace = await freshNamespace();
    await ensureSearchAttributes(connection, namespace);
    await ensureSearchAttributes(connection, namespace);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const wanted = Object.entries(leadSearchAttributes).map(([name, type]) => [name, typeNumbers[type]]);
    expect(customAttributes).toEqual(Object.fromEntries(wanted));
  });

  test('of another type are named, with what to do', async () => {
    const namespace = await freshNamespace();
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { LeadStage: 3 } });
    await expect(ensureSearchAttributes(connection, namespace)).rejects.toThrow(
      /LeadStage is of type Int and must be Keyword; remove those \(temporal operator search-attribute remove/,
    );
  });

  test('that find no room are named, with what to do', async () => {
    const namespace = await freshNamespace();
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { SomebodysCount: 3 } });
    await expect(ensureSearchAttributes(connection, namespace)).rejects.toThrow(
      /TouchCount \(Int\).*TEMPORAL_NAMESPACE/s,
    );
  });
});
