/**
 * The layer law: who may import whom (docs/architecture.md states it in words).
 * A layer names what it may import at run time; a *port* is a type-only import, which a layer may take from any layer
 * that is not named in its `never`. test/house/layer-law.test.ts plants a violation of each rule.
 */

// Zone code takes the zone table as an argument, but even its text may not reach a workflow's bundle.
const zoneFiles = '^src/domain/business-time/(zone-table|compile-calendar)[.]ts$';
const npm = (...names) => `node_modules/(${names.join('|')})/`;
const anyPackage = 'node_modules/';
const ours = '^(src|workflows|activities|prisma|test|bench|scripts)/';
const contract = '^workflows/messages[.]ts$';
const workflowCode = '^workflows/(?!messages[.]ts$)';
const edge = '^src/(api|console|cli|bin)/';

const layers = [
  { name: 'domain', path: '^src/domain/', may: [], builtIns: false, ports: false },
  { name: 'documents', path: '^src/documents/', may: ['^src/domain/', npm('yaml', 'zod')], ports: false },
  { name: 'zones', path: '^src/zones/', may: ['^src/domain/', npm('moment-timezone')], ports: false },
  {
    name: 'workflows',
    path: '^workflows/',
    may: ['^src/domain/', npm('@temporalio/workflow', '@temporalio/common')],
    builtIns: false,
    never: { 'other-layers': '^src/(?!domain/)' },
  },
  {
    name: 'activities',
    path: '^activities/',
    may: ['^src/domain/', contract, npm('@temporalio/activity', '@temporalio/common')],
    never: { 'the-edge': edge, 'workflow-code': workflowCode },
  },
  {
    name: 'db',
    path: '^src/db/',
    may: ['^src/domain/', '^src/generated/', npm('@prisma/[^/]+', 'pg', '@types/pg')],
    ports: false,
  },
  {
    name: 'channels',
    path: '^src/channels/',
    may: ['^src/domain/', npm('nodemailer', '@types/nodemailer')],
    ports: false,
  },
  { name: 'connectors', path: '^src/connectors/', may: ['^src/domain/', anyPackage], ports: false },
  {
    name: 'temporal',
    path: '^src/temporal/',
    may: ['^src/domain/', contract, npm('@temporalio/[^/]+', 'protobufjs')],
    ports: false,
  },
  {
    name: 'print',
    path: '^src/print/',
    may: ['^src/domain/', npm('@resvg/resvg-js', 'csv-stringify', 'pdfkit', 'svg-to-pdfkit', 'write-excel-file')],
    never: { 'prisma-or-temporal': `^src/generated/|${npm('@prisma', '@temporalio')}` },
  },
  {
    name: 'reports',
    path: '^src/reports/',
    may: ['^src/domain/', anyPackage],
    never: { 'other-layers': '^src/(?!domain/|db/|reports/)', temporal: npm('@temporalio') },
  },
  {
    name: 'metrics',
    path: '^src/metrics/',
    may: ['^src/domain/', npm('prom-client')],
    never: { 'the-edge': edge, 'prisma-or-temporal': `^src/generated/|${npm('@prisma', '@temporalio')}` },
  },
  {
    name: 'scenarios',
    path: '^src/scenarios/',
    may: ['^src/domain/', '^src/documents/', anyPackage],
    never: { 'the-edge': edge },
  },
  ...['api', 'console', 'cli'].map((name) => ({
    name,
    path: `^src/${name}/`,
    may: ['^src/domain/', '^src/documents/', contract, 'node_modules/(?!@prisma/|pg/|@temporalio/)'],
    never: { 'workflow-code': workflowCode, prisma: `^src/generated/|${npm('@prisma')}` },
  })),
  { name: 'embedded', path: '^src/embedded/', may: [anyPackage], ports: false },
];

const lawOf = ({ name, path, may, never = {}, builtIns = true, ports = true }) => {
  const allowed = [path, ...may];
  const notBuiltIn = builtIns ? { dependencyTypesNot: ['core'] } : {};
  const notPort = { dependencyTypesNot: ['type-only', ...(builtIns ? ['core'] : [])] };
  return [
    {
      name: `${name}-imports-only-its-own`,
      comment: `src/${name} may import: itself, ${may.join(', ') || 'nothing else'}${ports ? '; others by type only' : ''}`,
      severity: 'error',
      from: { path },
      to: { couldNotResolve: false, pathNot: allowed, ...(ports ? notPort : notBuiltIn) },
    },
    ...Object.entries(never).map(([what, forbidden]) => ({
      name: `${name}-never-imports-${what}`,
      comment: `${name} may not import ${forbidden}, not even a type`,
      severity: 'error',
      from: { path },
      to: { path: forbidden },
    })),
  ];
};

module.exports = {
  forbidden: [
    ...layers.flatMap(lawOf),
    {
      name: 'workflows-reach-no-zone-code',
      comment: 'A workflow gets windows as integers; zone files in its bundle would tie replay to zone data.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: [zoneFiles, '^src/zones/', npm('zod', 'moment-timezone')], reachable: true },
    },
    {
      name: 'business-time-entry-omits-zone-code',
      comment: 'Import the zone files by their own names; through the entry they would leak into workflows.',
      severity: 'error',
      from: { path: '^src/domain/business-time/index[.]ts$' },
      to: { path: zoneFiles, reachable: true },
    },
    {
      name: 'no-domain-barrel',
      comment: 'src/domain has no index.ts: it would leak zone code into workflows.',
      severity: 'error',
      from: {},
      to: { path: '^src/domain/index[.]ts$' },
    },
    {
      name: 'bin-is-not-imported',
      comment: 'src/bin wires everything together; what others need belongs to a layer.',
      severity: 'error',
      from: { pathNot: '^(src/bin|test|bench)/' },
      to: { path: '^src/bin/' },
    },
    {
      name: 'product-imports-no-tests',
      comment: 'What ships may not depend on tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^(src|workflows|activities|prisma)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-dev-dependency-in-product',
      comment: 'A package that the product needs is listed in dependencies; src/embedded is for development itself.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/', pathNot: '^src/embedded/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: { path: ours },
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^src/generated/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/.*/(internal|models|commonInputTypes)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
