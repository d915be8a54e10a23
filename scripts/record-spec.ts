/** Writes what the spec's agreement and people read as, for the builders of tests. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { readSpec, recordedSpec } from '../test/builders/read-spec.js';

writeFileSync(recordedSpec, await format(JSON.stringify(readSpec()), { parser: 'json', printWidth: 120 }));
