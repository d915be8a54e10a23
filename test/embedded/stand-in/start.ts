// The real supervisor over the real servers, with stand-ins for our own programs.
import { fileURLToPath } from 'node:url';
import { runSupervisor } from '../../../src/bin/supervisor/run-supervisor.js';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

await runSupervisor({ api: fileOf('./api.ts'), worker: fileOf('./worker.ts'), demo: fileOf('./demo.ts') });
