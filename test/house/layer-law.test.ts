/** Promise: an import that the layer law forbids is found, and those it allows are not. */
import { type PlantedTree, plantTree } from './planted-tree.js';

const value = 'export const value = 1;\n';
const port = 'export interface Port {\n  read(): string;\n}\n';
const using = (specifier: string): string => `import * as used from '${specifier}';\nexport const kept = used;\n`;
const typed = (specifier: string): string => `import type { Port } from '${specifier}';\nexport type Kept = Port;\n`;

const provided = {
  'src/domain/sla/verdict.ts': value,
  'src/domain/business-time/index.ts': value,
  'src/domain/business-time/compile-calendar.ts': value,
  'src/documents/agreement.ts': value,
  'src/zones/index.ts': using('../domain/business-time/compile-calendar.js'),
  'src/db/lead-store.ts': port,
  'src/channels/mail.ts': value,
  'src/api/server.ts': value,
  'src/bin/start.ts': value,
  'src/scenarios/runner.ts': value,
  'workflows/messages.ts': value,
  'workflows/steps.ts': value,
  'activities/records.ts': port,
  'test/support/servers.ts': value,
};

const forbidden = [
  { rule: 'domain-imports-only-its-own', file: 'src/domain/a.ts', text: using('zod') },
  { rule: 'domain-imports-only-its-own', file: 'src/domain/b.ts', text: using('node:crypto') },
  { rule: 'domain-imports-only-its-own', file: 'src/domain/c.ts', text: using('../documents/agreement.js') },
  { rule: 'domain-imports-only-its-own', file: 'src/domain/d.ts', text: typed('../db/lead-store.js') },
  { rule: 'documents-imports-only-its-own', file: 'src/documents/a.ts', text: using('../zones/index.js') },
  { rule: 'zones-imports-only-its-own', file: 'src/zones/a.ts', text: using('luxon') },
  { rule: 'workflows-imports-only-its-own', file: 'workflows/a.ts', text: using('../activities/records.js') },
  { rule: 'workflows-imports-only-its-own', file: 'workflows/b.ts', text: using('zod') },
  { rule: 'workflows-never-imports-other-layers', file: 'workflows/c.ts', text: typed('../src/db/lead-store.js') },
  {
    rule: 'workflows-reach-no-zone-code',
    file: 'workflows/d.ts',
    text: using('../src/domain/business-time/compile-calendar.js'),
  },
  { rule: 'activities-imports-only-its-own', file: 'activities/a.ts', text: using('../src/db/lead-store.js') },
  { rule: 'activities-never-imports-workflow-code', file: 'activities/b.ts', text: typed('../workflows/steps.js') },
  { rule: 'db-imports-only-its-own', file: 'src/db/a.ts', text: using('../channels/mail.js') },
  { rule: 'channels-imports-only-its-own', file: 'src/channels/a.ts', text: typed('../db/lead-store.js') },
  { rule: 'temporal-imports-only-its-own', file: 'src/temporal/a.ts', text: using('../../workflows/steps.js') },
  { rule: 'reports-never-imports-temporal', file: 'src/reports/a.ts', text: using('@temporalio/client') },
  { rule: 'scenarios-never-imports-the-edge', file: 'src/scenarios/a.ts', text: typed('../api/server.js') },
  { rule: 'api-imports-only-its-own', file: 'src/api/a.ts', text: using('../db/lead-store.js') },
  { rule: 'api-imports-only-its-own', file: 'src/api/b.ts', text: using('@temporalio/client') },
  { rule: 'api-never-imports-prisma', file: 'src/api/c.ts', text: using('@prisma/client') },
  { rule: 'cli-never-imports-workflow-code', file: 'src/cli/a.ts', text: using('../../workflows/steps.js') },
  { rule: 'metrics-imports-only-its-own', file: 'src/metrics/a.ts', text: using('../db/lead-store.js') },
  { rule: 'metrics-never-imports-the-edge', file: 'src/metrics/b.ts', text: typed('../api/server.js') },
  {
    rule: 'metrics-never-imports-prisma-or-temporal',
    file: 'src/metrics/c.ts',
    text: using('@temporalio/client'),
  },
  { rule: 'embedded-imports-only-its-own', file: 'src/embedded/a.ts', text: using('../domain/sla/verdict.js') },
  {
    rule: 'business-time-entry-omits-zone-code',
    file: 'src/domain/business-time/index.ts',
    text: using('./compile-calendar.js'),
  },
  { rule: 'no-domain-barrel', file: 'src/documents/b.ts', text: using('../domain/index.js') },
  { rule: 'bin-is-not-imported', file: 'src/embedded/b.ts', text: using('../bin/start.js') },
  { rule: 'product-imports-no-tests', file: 'src/bin/a.ts', text: using('../../test/support/servers.js') },
  { rule: 'no-dev-dependency-in-product', file: 'src/bin/b.ts', text: using('luxon') },
  { rule: 'no-cycles', file: 'src/domain/sla/e.ts', text: using('./f.js') },
  { rule: 'every-import-resolves', file: 'src/bin/c.ts', text: using('./nowhere.js') },
];

const allowed = [
  { file: 'src/domain/ok.ts', text: using('./sla/verdict.js') },
  { file: 'src/documents/ok.ts', text: using('zod') },
  { file: 'workflows/ok.ts', text: using('@temporalio/workflow') },
  { file: 'workflows/ok-port.ts', text: typed('../activities/records.js') },
  { file: 'activities/ok-port.ts', text: typed('../src/db/lead-store.js') },
  { file: 'src/db/ok.ts', text: using('@prisma/client') },
  { file: 'src/channels/ok.ts', text: using('nodemailer') },
  { file: 'src/temporal/ok.ts', text: using('../../workflows/messages.js') },
  { file: 'src/metrics/ok-port.ts', text: typed('../db/lead-store.js') },
  { file: 'src/api/ok-port.ts', text: typed('../db/lead-store.js') },
  { file: 'src/api/ok-package.ts', text: using('express') },
  { file: 'src/api/ok-contract.ts', text: using('../../workflows/messages.js') },
  { file: 'src/embedded/ok.ts', text: using('smtp-server') },
  { file: 'src/bin/ok.ts', text: using('../scenarios/runner.js') },
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let tree: PlantedTree;
let violations: readonly Violation[];

beforeAll(() => {
  const planted = [...forbidden, ...allowed].map(({ file, text }) => [file, text]);
  tree = plantTree({
    ...provided,
    'src/domain/index.ts': value,
    'src/domain/sla/f.ts': using('./e.js'),
    ...Object.fromEntries(planted),
  });
  const folders = ['src', 'workflows', 'activities', 'test'];
  const json = tree.run('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]);
  violations = (JSON.parse(json) as { summary: { violations: Violation[] } }).summary.violations;
}, 60_000);

afterAll(() => tree.remove());

const rulesBrokenBy = (file: string): string[] =>
  violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name);

test.each(forbidden)('$file breaks $rule', ({ rule, file }) => expect(rulesBrokenBy(file)).toContain(rule));

test.each(allowed)('$file breaks nothing', ({ file }) => expect(rulesBrokenBy(file)).toEqual([]));
