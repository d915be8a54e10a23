/** Writes into docs/corrections.md what each of its commands prints now, over the leads of test/docs/october.ts. */
import { writeFileSync } from 'node:fs';
import { OctoberWorld } from '../test/docs/october-world.js';
import { correctionsPage, readPage, rewritten } from '../test/docs/page-examples.js';
import { announce, startTestServers } from '../test/support/servers.js';

const servers = await startTestServers();
try {
  announce(servers);
  const world = await OctoberWorld.open();
  writeFileSync(correctionsPage, await rewritten(readPage(correctionsPage), (words) => world.printed(words)));
  await world.close();
} finally {
  await servers.stop();
}
