/** Promise: an editor with this schema completes, explains and checks agreements as the product itself would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { agreementJsonSchema } from '../../../src/documents/index.js';
import { descriptions } from '../../../src/documents/json-schema/descriptions.js';
import { agreementText, readAgreement, spoilt } from '../spec-agreement.js';

const schema = agreementJsonSchema();
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
  schema,
);
const isValid = (text: string): boolean => validate(parse(text, { version: '1.2' }));
const demo = readFileSync(join(import.meta.dirname, '../../../src/bin/demo/agreements/inbound-demo.yaml'), 'utf8');

test('the example of the specification and the demo are valid', () => {
  expect(isValid(agreementText)).toBe(true);
  expect(isValid(demo)).toBe(true);
});

describe('what the product refuses as a word or a kind, the schema refuses too', () => {
  test.each([
    ['an unknown part', 'recycle: { maxCycles: 3', 'recyle: { maxCycles: 3'],
    ['an unknown key', 'perCycle: 2 }', 'perCicle: 2 }'],
    [
      'a party',
      'party: marketing, from: handed-off, until: notified',
      'party: markting, from: handed-off, until: notified',
    ],
    ['a milestone in a list', 'from: [handed-off, woken]', 'from: [handed-off, awoken]'],
    ['a milestone', 'until: enriched', 'until: enrichd'],
    ['a key of the touches', 'touches: 6, channels: 3', 'touches: 6, chanels: 3'],
    ['a duration', 'within: 4h', 'within: 4'],
    ['a share', 'goal: 99%', 'goal: 99'],
    ['a warning', 'warn: [72h left]', 'warn: [72h]'],
    ['a condition', '{ segment: enterprise }', '{ segmnt: enterprise }'],
    ['a condition without a test', '{ field: employees, gte: 50 }', '{ field: employees }'],
    ['a target without a bound', 'party: sales, atMost: 2h', 'party: sales'],
    ['an amount', 'atLeast: 750000 USD', 'atLeast: much'],
    [
      'a route',
      'id: not-icp, route: disqualified, notes: required',
      'id: not-icp, route: disqualifed, notes: required',
    ],
    ['a routing rule', '{ rule: queue,', '{ rule: queu,'],
    ['a channel', 'channel: linkedin, template: connect', 'channel: linkdin, template: connect'],
    ['a date', 'reviewBy: 2026-12-31', 'reviewBy: end of year'],
  ])('%s', (_, passage, instead) => {
    const { text } = spoilt(agreementText, passage, instead);
    expect(readAgreement(text).document).toBeUndefined();
    expect(isValid(text)).toBe(false);
  });
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
}

/** Every key of the schema that has no description, by its path. */
function undescribed(node: Described, path: string): string[] {
  const { properties = {}, additionalProperties, items, anyOf = [] } = node;
  return [
    ...Object.entries(properties).flatMap(([key, part]) => [
      ...(part.description === undefined ? [`${path}.${key}`] : []),
      ...undescribed(part, `${path}.${key}`),
    ]),
    ...(typeof additionalProperties === 'object' ? undescribed(additionalProperties, `${path}.*`) : []),
    ...(items === undefined ? [] : undescribed(items, `${path}.*`)),
    ...anyOf.flatMap((part) => undescribed(part, path)),
  ];
}

test('every key is explained, and no explanation is of a key that there is not', () => {
  expect(undescribed(schema as Described, '')).toEqual([]);
  const text = JSON.stringify(schema);
  const lost = Object.entries(descriptions).filter(([, said]) => !text.includes(JSON.stringify(said)));
  expect(lost.map(([place]) => place)).toEqual([]);
});
