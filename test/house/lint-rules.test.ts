/** Promise: each house rule of .oxlintrc.json finds what it forbids, and lets the house's own way pass. */
import { type PlantedTree, plantTree } from './planted-tree.js';

const reading = (expression: string): string => `export const read = (): unknown => ${expression};\n`;
const work = 'export async function work(): Promise<void> {\n  await Promise.resolve();\n}\n';

const forbidden = [
  { rule: 'handoff(no-ambient-time)', file: 'src/domain/sla/a.ts', text: reading('Date.now()') },
  { rule: 'handoff(no-ambient-time)', file: 'src/domain/sla/b.ts', text: reading('new Date()') },
  { rule: 'handoff(no-ambient-time)', file: 'src/domain/sla/c.ts', text: reading('performance.now()') },
  { rule: 'handoff(no-ambient-time)', file: 'src/api/a.ts', text: reading('Date.now()') },
  { rule: 'handoff(no-ambient-time)', file: 'activities/a.ts', text: reading('Date()') },
  { rule: 'handoff(no-ambient-time)', file: 'workflows/a.ts', text: reading('new Date()') },
  { rule: 'handoff(no-ambient-chance)', file: 'src/domain/sla/d.ts', text: reading('Math.random()') },
  { rule: 'handoff(no-ambient-chance)', file: 'workflows/b.ts', text: reading('crypto.randomUUID()') },
  { rule: 'handoff(no-enum)', file: 'src/domain/sla/e.ts', text: 'export enum Stage {\n  mql = "mql",\n}\n' },
  { rule: 'eslint(no-console)', file: 'src/api/b.ts', text: 'console.log("heard by nobody");\n' },
  { rule: 'import(no-default-export)', file: 'src/domain/sla/f.ts', text: 'export default 1;\n' },
  { rule: 'unicorn(filename-case)', file: 'src/domain/sla/dueAt.ts', text: 'export const dueAt = 1;\n' },
  { rule: 'typescript(no-explicit-any)', file: 'src/domain/sla/g.ts', text: 'export const some: any = 1;\n' },
  {
    rule: 'typescript(no-floating-promises)',
    file: 'src/db/a.ts',
    text: `${work}export const go = () => {\n  work();\n};\n`,
  },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    file: 'src/domain/sla/h.ts',
    text: `
export function words(verdict: 'met' | 'breached'): string {
  switch (verdict) {
    case 'met':
      return 'kept';
    default:
      return 'late';
  }
}
`,
  },
  {
    rule: 'jest(no-focused-tests)',
    file: 'test/domain/a.test.ts',
    text: 'test.only("it holds", () => expect(1).toBe(1));\n',
  },
  {
    rule: 'jest(no-disabled-tests)',
    file: 'test/domain/b.test.ts',
    text: 'test.skip("it holds", () => expect(1).toBe(1));\n',
  },
  {
    rule: 'jest(no-restricted-jest-methods)',
    file: 'test/domain/c.test.ts',
    text: 'jest.mock("../../src/db/a.js");\ntest("it holds", () => expect(1).toBe(1));\n',
  },
  {
    rule: 'eslint(no-restricted-imports)',
    file: 'test/domain/e.property.test.ts',
    text: 'import fc from "fast-check";\ntest("it holds", () => fc.assert(fc.property(fc.nat(), (n) => n >= 0)));\n',
  },
  {
    rule: 'eslint(no-restricted-globals)',
    file: 'test/domain/d.test.ts',
    text: 'test("it holds", () => new Promise((done) => setTimeout(done, 500)).then(() => expect(1).toBe(1)));\n',
  },
];

const allowed = [
  {
    file: 'src/domain/sla/ok-format.ts',
    text: 'export const iso = (at: number): string => new Date(at).toISOString();\n',
  },
  { file: 'src/bin/ok-now.ts', text: reading('Date.now()') },
  {
    file: 'src/domain/sla/ok-switch.ts',
    text: `
export function words(verdict: 'met' | 'breached'): string {
  switch (verdict) {
    case 'met':
      return 'kept';
    case 'breached':
      return 'late';
    default:
      throw new Error(\`\${String(verdict satisfies never)} is no verdict\`);
  }
}
`,
  },
];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

let tree: PlantedTree;
let diagnostics: readonly Diagnostic[];

beforeAll(() => {
  tree = plantTree(Object.fromEntries([...forbidden, ...allowed].map(({ file, text }) => [file, text])));
  const json = tree.run('oxlint', ['--type-aware', '--format', 'json', 'src', 'workflows', 'activities', 'test']);
  diagnostics = (JSON.parse(json) as { diagnostics: Diagnostic[] }).diagnostics;
}, 60_000);

afterAll(() => tree.remove());

const rulesBrokenBy = (file: string): string[] =>
  diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code);

test.each(forbidden)('$rule is found in $file', ({ rule, file }) => expect(rulesBrokenBy(file)).toContain(rule));

test.each(allowed)('$file breaks nothing', ({ file }) => expect(rulesBrokenBy(file)).toEqual([]));
