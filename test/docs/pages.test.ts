/** Promise: what the pages list is what the code has, no more and no less. */
import { readdirSync, readFileSync } from 'node:fs';
import { publicCommandTypes } from '../../src/api/commands/command-bodies.js';
import { commandRoles } from '../../src/api/commands/command-roles.js';
import { refusalProblems, requestProblems, reviewProblems, versionProblems } from '../../src/api/problems.js';
import type { Route } from '../../src/api/route.js';
import { routes } from '../../src/api/routes.js';
import { historyColumns, lintRules } from '../../src/documents/index.js';
import { leadSearchAttributes, slaStates } from '../../workflows/messages.js';
import { codesIn, tableBelow } from './page-tables.js';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const api = textOf('docs/api.md');
const operations = textOf('docs/operations.md');
const agreements = textOf('docs/agreements.md');
const problems = { ...requestProblems, ...refusalProblems, ...versionProblems, ...reviewProblems };

const readable = (path: string): string =>
  path.replaceAll(/:(\w+)/g, '{$1}').replace(/\/commands\/[a-z-]+$/, '/commands/{command}');

test('the API page lists every route', () => {
  const listed = tableBelow(api, 'API').map(([route]) => codesIn(route!)[0]);
  const there = routes.map(({ method, path }) => `${method.toUpperCase()} ${readable(path)}`);
  expect(new Set(listed)).toEqual(new Set(there));
});

test('the API page says with each route who may call it', () => {
  const listed = tableBelow(api, 'API').map(([route, who]) => [codesIn(route!)[0], who]);
  const there = routes.map((route) => [`${route.method.toUpperCase()} ${readable(route.path)}`, whoMay(route)]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(there));
});

function whoMay({ access, roles, path }: Route): string {
  if (access === 'session') return `${roles.join(', ')}, signed in`;
  if (access !== 'key') return access === 'open' ? 'anybody' : 'whoever has the link';
  if (path.includes('/commands/') && path.startsWith('/v1/leads/')) return 'by command';
  return roles.length === 0 ? 'admin' : roles.join(', ');
}

test('the API page says with each command who may give it', () => {
  const listed = tableBelow(api, 'Who may give which').flatMap(([commands, who]) =>
    codesIn(commands!).map((command) => [command, who]),
  );
  const there = Object.entries(commandRoles).map(([command, roles]) => [command, roles.join(', ')]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(there));
});

test('the API page names every command', () => {
  const [, listed = ''] = /## Commands\n\n([^.]+)\./.exec(api) ?? [];
  expect(codesIn(listed).sort()).toEqual([...publicCommandTypes].sort());
});

test('the API page names every code under its status', () => {
  const [, below = ''] = api.split('## How it says no');
  const items = [...below.matchAll(/^- (\d{3}): ((?:.|\n {2})+)/gm)];
  const listed = items.flatMap(([, status, codes]) => codesIn(codes!).map((code) => `${status} ${code}`));
  const there = Object.entries(problems).map(([code, { status }]) => `${status} ${code}`);
  expect(listed.sort()).toEqual(there.sort());
});

test('the operations page lists every variable that the programs read', () => {
  const sources = ['src/bin/configuration.ts', 'src/bin/supervisor/settings.ts'].map(textOf);
  const read = sources.flatMap((source) => [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!));
  const listed = tableBelow(operations, 'Environment').flatMap(([variables]) => codesIn(variables!));
  expect(new Set(listed)).toEqual(new Set([...read, 'TEMPORAL_CLI_PATH']));
});

test('the ready queries ask for search attributes that leads have', () => {
  const queries = tableBelow(operations, 'Ready queries for the Temporal UI').map(([, query]) => codesIn(query!)[0]!);
  const asked = queries.flatMap((query) => query.match(/\b[A-Z][A-Za-z]+(?= *(?:[=<>]|IN |IS ))/g) ?? []);
  const ofTemporal = ['ExecutionStatus', 'TemporalReportedProblems'];
  expect(queries.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !(name in leadSearchAttributes) && !ofTemporal.includes(name))).toEqual([]);
});

test('the operations page names the states of the search attribute SlaState in their order', () => {
  const [, listed = ''] = /`SlaState` shows the first that holds of ([^.]+)\./.exec(operations) ?? [];
  expect(codesIn(listed)).toEqual([...slaStates]);
});

test('the page about agreements lists every rule of the lint with what it finds', () => {
  const listed = tableBelow(agreements, 'Where agreements fail').map(([rule, severity, finds, advice]) => ({
    id: codesIn(rule!)[0],
    severity,
    finds,
    advice,
  }));
  const there = lintRules.map(({ id, severity, finds, advice }) => ({ id, severity, finds, advice }));
  expect(listed).toEqual(there);
});

test('each decision has a number of its own, the same in its name and in its title', () => {
  const names = readdirSync(new URL('../../docs/adr', import.meta.url));
  const numbers = names.map((name) => name.slice(0, 4));
  expect(numbers).toEqual([...new Set(numbers)]);
  expect(names.filter((name) => !textOf(`docs/adr/${name}`).startsWith(`# ${name.slice(0, 4)}. `))).toEqual([]);
});

test('the what-if page lists the columns of each kind of imported row', () => {
  const listed = tableBelow(textOf('docs/what-if.md'), 'Importing history').map(([kind, columns]) => [
    codesIn(kind!)[0],
    codesIn(columns!),
  ]);
  expect(Object.fromEntries(listed)).toEqual(historyColumns);
});
