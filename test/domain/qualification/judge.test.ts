/** Here a lead is judged by the agreed criteria: conditions, exclusion, missing fields, priority (spec C2, section 5). */
import { judge } from '../../../src/domain/qualification/index.js';
import type { Fields, FieldValue } from '../../../src/domain/agreement/index.js';
import type { Signal } from '../../../src/domain/lifecycle/signal.js';
import { aLead, anAgreement, given, usualFields, when, type Lines } from '../../builders/index.js';

const at = when('tue 10:00');
const judged = (fields: Fields = {}, signals: readonly Signal[] = [], set: Lines = {}) =>
  judge(anAgreement(set).terms, { at, fields: { ...usualFields, ...fields }, signals });
const did = (action: string, said: string): Signal => ({ action, at: when(said) });

describe('an MQL', () => {
  test.each<{ label: string; fields: Fields; fails: readonly string[] }>([
    { label: 'meets every criterion', fields: {}, fails: [] },
    { label: 'of exactly the least size', fields: { employees: 50 }, fails: [] },
    { label: 'one employee short', fields: { employees: 49 }, fails: ['fit.employees'] },
    { label: 'with a number that is a text', fields: { employees: '120' }, fails: ['fit.employees'] },
    { label: 'with a missing field', fields: { country: null }, fails: ['fit.country'] },
    { label: 'with an empty field', fields: { country: '' }, fails: ['fit.country'] },
    { label: 'with a word in another case', fields: { country: 'us' }, fails: ['fit.country'] },
    { label: 'with too low a score', fields: { score: 69 }, fails: ['engagement'] },
    { label: 'with no score', fields: { score: null }, fails: ['engagement'] },
    {
      label: 'of a competitor, in whatever case',
      fields: { email: 'X@Competitor.EXAMPLE' },
      fails: ['exclude.emailDomain'],
    },
    {
      label: 'of a domain that only ends like a competitor’s',
      fields: { email: 'x@not-competitor.example' },
      fails: [],
    },
    { label: 'whose address has no domain', fields: { email: 'x' }, fails: [] },
    {
      label: 'that fails in several ways, in the order of the document',
      fields: { jobLevel: 'student', country: 'FR', score: 1 },
      fails: ['fit.country', 'fit.jobLevel', 'engagement', 'exclude.jobLevel'],
    },
  ])('$label', ({ fields, fails }) => {
    expect(judged(fields).excluded).toEqual(fails);
  });

  test('without any criterion is everybody', () => {
    expect(judge(anAgreement({ 'qualification.mql': null }).terms, { at, fields: {}, signals: [] }).excluded).toEqual(
      [],
    );
  });

  test.each<{ label: string; signals: readonly Signal[]; holds: boolean }>([
    { label: 'one demo request', signals: [did('demo-request', 'tue 09:00')], holds: true },
    { label: 'one at the very instant', signals: [did('demo-request', 'tue 10:00')], holds: true },
    { label: 'one that is still to come', signals: [did('demo-request', 'tue 10:00:00.001')], holds: false },
    {
      label: 'two of the three downloads',
      signals: [did('content-download', 'mon 09:00'), did('content-download', 'mon 10:00')],
      holds: false,
    },
    {
      label: 'three downloads, other things between them',
      signals: [
        did('content-download', 'mon 09:00'),
        did('webinar', 'mon 09:30'),
        did('content-download', 'mon 10:00'),
        did('content-download', '2026-10-18 11:00'),
      ],
      holds: true,
    },
    {
      label: 'two visits, one exactly a week ago',
      signals: [did('pricing-page-visit', '2026-11-10 10:00'), did('pricing-page-visit', 'tue 09:00')],
      holds: true,
    },
    {
      label: 'two visits, one a millisecond longer ago',
      signals: [did('pricing-page-visit', '2026-11-10 09:59:59.999'), did('pricing-page-visit', 'tue 09:00')],
      holds: false,
    },
  ])('is engaged or not by $label', ({ signals, holds }) => {
    expect(judged({ score: 10 }, signals).excluded).toEqual(holds ? [] : ['engagement']);
  });
});

describe('a condition', () => {
  const holds = (condition: object, fields: Fields, signals: readonly Signal[] = []) =>
    judged(fields, signals, { 'qualification.highPriority': [condition] }).priority === 'high';

  test.each<{ condition: object; value: FieldValue; met: boolean }>([
    { condition: { exists: true }, value: 'x', met: true },
    { condition: { exists: true }, value: 0, met: true },
    { condition: { exists: true }, value: false, met: true },
    { condition: { exists: true }, value: null, met: false },
    { condition: { exists: true }, value: '', met: false },
    { condition: { exists: false }, value: null, met: true },
    { condition: { exists: false }, value: '', met: true },
    { condition: { exists: false }, value: 'x', met: false },
    { condition: { in: ['', 'x'] }, value: '', met: false },
    { condition: { in: [false] }, value: false, met: true },
    { condition: { gte: 0 }, value: 0, met: true },
    { condition: { gte: 0 }, value: null, met: false },
    { condition: { gte: 5, in: [5, 6] }, value: 6, met: true },
    { condition: { gte: 5, in: [4, 6] }, value: 4, met: false },
  ])('on a field, $condition, is met by $value: $met', ({ condition, value, met }) => {
    expect(holds({ field: 'custom', ...condition }, { custom: value })).toBe(met);
  });

  const intent = (value: number, said = 'tue 09:00'): Signal => ({ signal: 'intent', value, at: when(said) });
  test.each<{ label: string; condition: object; signals: readonly Signal[]; met: boolean }>([
    { label: 'any value, not only the last', condition: { gte: 80 }, signals: [intent(90), intent(10)], met: true },
    { label: 'none high enough', condition: { gte: 80 }, signals: [intent(79)], met: false },
    { label: 'as many as asked', condition: { gte: 80, count: 2 }, signals: [intent(90), intent(80)], met: true },
    { label: 'not as many as asked', condition: { gte: 80, count: 2 }, signals: [intent(90), intent(10)], met: false },
    {
      label: 'not within the time',
      condition: { gte: 80, within: '1h' },
      signals: [intent(90, 'tue 08:59')],
      met: false,
    },
    { label: 'there at all', condition: { exists: true }, signals: [intent(0)], met: true },
    { label: 'not there', condition: { exists: false }, signals: [], met: true },
  ])('on a signal is met or not: $label', ({ condition, signals, met }) => {
    expect(holds({ signal: 'intent', ...condition }, {}, signals)).toBe(met);
  });
});

describe('the hand-off', () => {
  test('notes the required fields that are missing, in the order of the agreement; they stay', () => {
    const lead = aLead({ fields: { source: '', company: null, firstName: null } });
    const outcome = given(lead, { type: 'enrich', at: 'tue 11:00', body: { fields: { company: 'Acme' } } }).then(
      'tue 12:00',
    );
    expect(outcome.state.missingFields).toEqual(['firstName', 'company', 'source']);
  });

  test.each([
    { employees: 1000, segment: 'enterprise' },
    { employees: 999, segment: 'mid-market' },
    { employees: 200, segment: 'mid-market' },
    { employees: 199, segment: 'smb' },
  ])('puts a company of $employees into $segment', ({ employees, segment }) => {
    expect(judged({ employees }).segment).toBe(segment);
  });
});
