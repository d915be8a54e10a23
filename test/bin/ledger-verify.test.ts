/** Promise: whoever verifies the ledger without a database to read learns which one did not answer, and what to do. */
import { createLedgerVerifier } from '../../src/bin/handoff/open-servers.js';
import { findFreePort } from '../../src/embedded/ports.js';

test('a database that does not answer is named with the variable that says where it is', async () => {
  const host = `127.0.0.1:${await findFreePort()}`;
  const verify = createLedgerVerifier({ DATABASE_URL: `postgresql://handoff:secret@${host}/handoff` });
  const verifying = verify({ isToRepair: false, tell: () => undefined });
  await expect(verifying).rejects.toThrow(`no PostgreSQL answers at ${host}: set DATABASE_URL`);
});
