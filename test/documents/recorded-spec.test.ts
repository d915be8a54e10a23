/** Promise: tests that build on the spec's agreement and people build on what these read as today. */
import { readFileSync } from 'node:fs';
import { readSpec, recordedSpec } from '../builders/read-spec.js';

test('the recorded agreement and people are those of the spec; else `npm run record:spec` writes them anew', () => {
  expect(JSON.parse(readFileSync(recordedSpec, 'utf8'))).toStrictEqual(readSpec());
});
