/**
 * The promise: what the laws of `test/model` hold for is what the running product does. A sample of the same random
 * stories is told to the real workflow, and its ledger compared with that of the rules, event by event.
 */
import type { Scenario, ScenarioFact } from '../../src/documents/index.js';
import type { CommandType } from '../../src/domain/lifecycle/commands.js';
import type { LeadState } from '../../src/domain/lifecycle/state.js';
import {
  openLiveScenarios,
  workQuietly,
  type LiveScenarios,
} from '../../src/bin/live-scenarios/open-live-scenarios.js';
import { playScenariosLive, runPure } from '../../src/scenarios/index.js';
import { cases, fc } from '../chance/index.js';
import { DAY_MS, START } from '../model/agreements.js';
import { words } from '../model/words.js';
import { worldsOf, type World } from '../model/world.js';
import { freshDatabase, temporalAddress, type FreshDatabase } from '../support/servers.js';

const STORY_COUNT = 10;
/** A longer story only takes longer. */
const EVENT_COUNT_MAX = 120;

const world = worldsOf(words);

/** A change of the agreement is told by scenarios, which write it as lines; the notice comes by itself. */
const untold: readonly CommandType[] = ['apply-agreement', 'notified'];

function factsOf({ words: said }: World): readonly ScenarioFact[] {
  let at = START;
  return said.flatMap((word, index) => {
    at = Math.max(at + word.gapMs, START);
    // Of these words none looks at the lead.
    const { id: _id, ...command } = word.say({ at, by: 'ann', id: '' }, {} as LeadState);
    const { at: saidAt, by, ...body } = command;
    if (untold.includes(body.type)) return [];
    return [{ index, at: saidAt, by, body: body as ScenarioFact['body'] }];
  });
}

function scenarioOf(told: World, index: number): Scenario {
  const facts = factsOf(told);
  const { agreement: terms, fields, routed } = told;
  const { name, calendars, defaultCalendar } = terms;
  return {
    name: `story ${index}`,
    file: '',
    agreement: { name, calendars, defaultCalendar, clocks: {} } as unknown as Scenario['agreement'],
    terms,
    directory: told.directory,
    lead: { at: START, fields, signals: [], notifiedAt: START, ...(!routed && { owner: 'ann' }) },
    facts,
    until: Math.max(START, ...facts.map(({ at }) => at)) + DAY_MS,
    // Nothing of its own: it is compared with the run of the rules.
    expect: {} as Scenario['expect'],
  };
}

let database: FreshDatabase;
let live: LiveScenarios;
beforeAll(async () => {
  workQuietly();
  database = await freshDatabase();
  live = await openLiveScenarios({
    databaseUrl: database.url,
    temporal: { address: temporalAddress(), namespace: 'default' },
  });
}, 180_000);
afterAll(async () => {
  await live.close();
  await database.drop();
});

test('random stories come out of the running product as the rules say, to the event', async () => {
  const { numRuns = 1 } = cases(STORY_COUNT);
  const stories = fc.sample(world, numRuns).map(scenarioOf);
  const played = stories.filter((scenario) => runPure(scenario, live.ports).events.length <= EVENT_COUNT_MAX);
  const results = await playScenariosLive(played, live.ports);
  expect(results.filter(({ kind }) => kind !== 'passed')).toEqual([]);
  expect(results.length).toBeGreaterThan(STORY_COUNT / 2);
}, 600_000);
