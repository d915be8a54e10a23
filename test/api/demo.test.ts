import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { handOver } from '../../src/bin/demo/hand-over.js';
import { demoLeads } from '../../src/bin/demo/leads.js';
import { seed } from '../../src/bin/demo/seed.js';
import { ADMIN_KEY, ApiWorld } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
  await seed(world.world.database.inWorkspace('demo'));
}, 60_000);
afterAll(() => world.close());

const stores = () => world.world.database.inWorkspace('demo');
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the demo`s documents', () => {
  test.each(['agreements/inbound-saas.yaml', 'people.yaml'])('have %s as the specification has it', (file) => {
    expect(read(`src/bin/demo/${file}`)).toBe(read(`test/spec/${file}`));
  });

  test('give each promise of inbound-demo the party, milestones and ladder it has in inbound-saas', async () => {
    const [saas, demo] = [
      await stores().agreements.findActive('inbound-saas'),
      await stores().agreements.findActive('inbound-demo'),
    ];
    const promisesOf = (terms: typeof saas) =>
      Object.entries(terms!.clocks).map(([name, { party, from, until, ladder, repeats }]) => {
        const end = typeof until === 'string' ? until : { touches: until.touches, channels: until.channels };
        return [name, { party, from, end, ladder, repeats }];
      });
    expect(Object.fromEntries(promisesOf(demo))).toEqual(Object.fromEntries(promisesOf(saas)));
    expect(Object.values(demo!.clocks).every(({ calendar }) => calendar === 'always')).toBe(true);
  });
});

describe('seeding', () => {
  test('makes inbound-saas the default', async () => {
    expect((await stores().agreements.findActive())?.name).toBe('inbound-saas');
  });

  test('leaves what is there as it is', async () => {
    const { directory } = stores();
    const people = await directory.read();
    await directory.saveDirectory({ ...people, absences: [{ person: 'vp-sales', from: 1, until: 2 }] });
    await seed(stores());
    expect((await directory.read()).absences).toHaveLength(1);
    expect((await stores().agreements.findActive('inbound-demo'))?.version).toBe(1);
  });
});

describe('handing over', () => {
  test('adds each lead once, however often the demo starts', async () => {
    await seed(world.world.database);
    const api = { url: world.http.url, key: ADMIN_KEY };
    const first = [];
    for (const lead of demoLeads) first.push(await handOver(api, lead));
    expect(new Set(first)).toEqual(new Set(['new']));
    for (const lead of demoLeads) expect(await handOver(api, lead)).toBe('known');
    const { body } = await world.http.get('/v1/leads/demo:answered-at-once');
    expect(body).toMatchObject({ stage: 'sal', agreement: 'inbound-demo@1' });
    expect((await world.http.get('/v1/leads/demo:a-student')).body).toMatchObject({ stage: 'inquiry' });
  });
});
