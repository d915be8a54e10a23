/**
 * Seven kinds of tests. `unit` needs nothing but Node and stays under 20 s; so does `spec`, which tells the scenarios, and
 * `surface`, which tries what people see: commands, pages and papers, and takes the time it takes to print these. `house` guards the rules by which the product
 * is built; `property` (`*.property.test.ts`) looks for counterexamples among thousands of random cases; `replay` runs
 * recorded histories against today's workflow code; `integration` has PostgreSQL, Temporal and an inbox, started once by
 * test/support/global-setup.ts. A `*.live.test.ts` is an integration test wherever it lies.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
// Jest transforms tests itself, but loads a TypeScript globalSetup with Node's own import, which needs a loader.
import 'tsx';

const unitFolders = ['domain', 'documents', 'zones', 'metrics'];
const specFolders = ['spec', 'scenarios'];
const surfaceFolders = ['cli', 'console', 'print'];
const foldersWithoutServers = [...unitFolders, ...specFolders, ...surfaceFolders];
/** Not of the product, but of the rules by which it is built; and `model` has property tests only. */
const otherFolders = ['house', 'model'];

const replayTests = '<rootDir>/test/workflows/replay*.test.ts';
const replayPath = '/test/workflows/replay[^/]*$';

const swc = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const packagesOfManyModules = '(zod/index|yaml/dist/index)\\.js$';

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    [packagesOfManyModules]: ['<rootDir>/test/support/one-module.mjs', { isPackage: true }],
    '\\.test\\.ts$': '<rootDir>/test/support/one-module.mjs',
    '\\.ts$': ['@swc/jest', swc],
  },
  transformIgnorePatterns: [`/node_modules/(?!${packagesOfManyModules})`],
  modulePathIgnorePatterns: ['<rootDir>/.handoff/'],
};

/** A hook of test/support, left out while the file does not exist, so that unit tests never depend on it. */
const supportHook = (option, file) =>
  existsSync(join(import.meta.dirname, 'test/support', file)) ? { [option]: `<rootDir>/test/support/${file}` } : {};

const withoutServers = (displayName, folders) => ({
  ...shared,
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  testPathIgnorePatterns: ['\\.(live|property)\\.test\\.ts$'],
});

/** @type {import('jest').Config} */
export default {
  // Room for a machine that is busy with other things; a test that hangs is still seen.
  testTimeout: 30_000,
  projects: [
    withoutServers('unit', unitFolders),
    withoutServers('spec', specFolders),
    withoutServers('surface', surfaceFolders),
    { ...shared, displayName: 'house', testMatch: ['<rootDir>/test/house/**/*.test.ts'] },
    { ...shared, displayName: 'property', testMatch: ['<rootDir>/test/**/*.property.test.ts'] },
    { ...shared, displayName: 'replay', testMatch: [replayTests] },
    {
      ...shared,
      displayName: 'integration',
      testMatch: [
        `<rootDir>/test/!(${[...foldersWithoutServers, ...otherFolders].join('|')})/**/*.test.ts`,
        `<rootDir>/test/{${foldersWithoutServers.join(',')}}/**/*.live.test.ts`,
      ],
      testPathIgnorePatterns: [replayPath, '\\.property\\.test\\.ts$'],
      ...supportHook('globalSetup', 'global-setup.ts'),
      ...supportHook('globalTeardown', 'global-teardown.ts'),
    },
  ],
};
