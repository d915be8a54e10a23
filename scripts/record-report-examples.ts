/** Writes into docs/reports.md what each of its commands prints now, over the leads of test/docs/autumn.ts. */
import { writeFileSync } from 'node:fs';
import { AutumnWorld } from '../test/docs/autumn-world.js';
import { readPage, reportsPage, rewritten } from '../test/docs/page-examples.js';
import { announce, startTestServers } from '../test/support/servers.js';

const servers = await startTestServers();
try {
  announce(servers);
  const world = await AutumnWorld.open();
  writeFileSync(reportsPage, await rewritten(readPage(reportsPage), (words) => world.printed(words)));
  await world.close();
} finally {
  await servers.stop();
}
