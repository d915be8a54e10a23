import { commandTypes, type Command, type CommandType } from '../../src/domain/lifecycle/commands.js';
import { findShapeMistake } from '../../workflows/command-shape.js';

const said = { at: Date.UTC(2026, 10, 23, 15), by: 'rep-east-1', id: 'c1' };

/** One well-formed command of each type, with all that it may carry. */
const wellFormed: { readonly [T in CommandType]: Omit<Command & { readonly type: T }, 'at' | 'by' | 'id' | 'type'> } = {
  notified: { recipient: 'rep-east-1' },
  accept: {},
  reject: { reason: 'not-icp', notes: 'too small' },
  touch: { channel: 'phone', outcome: 'no-answer', origin: 'human', occurredAt: said.at, nextStepAt: said.at },
  status: { text: 'called twice', nextStepAt: said.at },
  qualify: { bant: { need: { confirmed: true, note: 'yes' } }, intent: 'demo-held' },
  dispose: { reason: 'bad-timing', notes: '', wakeOn: '2027-01-04', friction: 'the price', contentGap: 'a case' },
  feedback: { notes: 'wrong person' },
  reassign: { to: 'rep-east-2' },
  pause: { reason: 'on holiday', until: said.at },
  resume: {},
  acknowledge: { clock: 'first-response' },
  dispute: { reason: 'not what we agreed', notes: 'see call' },
  'resolve-dispute': { decision: 'upheld', notes: 'right' },
  enrich: { fields: { industry: 'steel', employees: 120, isPartner: false, phone: null } },
  signal: { action: 'demo-request' },
  opportunity: { amount: '1000 USD', status: 'open', crmId: '006' },
  'apply-agreement': { mistakes: ['clocks: none'], running: 'keep' },
  reopen: { reason: 'closed by mistake' },
  requalify: { fields: { score: 90 }, signals: [{ at: said.at, action: 'demo-request' }] },
  retract: { touch: 12, reason: 'wrong lead' },
  'mark-bounced': { touch: 12, reason: 'mailbox unknown' },
  'revert-agreement': {
    agreement: { key: 'k1', name: 'inbound-saas', version: 1 },
    appliedSeq: 7,
    clocks: [],
    agreements: {},
  },
  rejudge: { correction: 'co_1', reason: 'a forgotten holiday', judgedSeq: 7, clocks: [], agreements: {} },
};

describe('the shape of a command', () => {
  test.each(commandTypes)('a well-formed %s passes', (type) => {
    expect(findShapeMistake(type, { ...said, type, ...wellFormed[type] })).toBeUndefined();
  });

  test.each(commandTypes)('a field that %s does not know is named', (type) => {
    const command = { ...said, type, ...wellFormed[type], surprise: 1 };
    expect(findShapeMistake(type, command)).toBe(`${type}.surprise is not known here; leave it out`);
  });

  test.each([
    { label: 'no object', type: 'accept', command: null, mistake: 'accept: a command must be an object' },
    { label: 'a list', type: 'accept', command: [], mistake: 'accept: a command must be an object' },
    {
      label: 'another type',
      type: 'accept',
      command: { ...said, type: 'reject' },
      mistake: 'accept: type is "reject"; send it by the update of its type',
    },
    {
      label: 'no instant',
      type: 'accept',
      command: { ...said, type: 'accept', at: undefined },
      mistake: 'accept.at must be whole milliseconds since 1970',
    },
    {
      label: 'half a millisecond',
      type: 'accept',
      command: { ...said, type: 'accept', at: said.at + 0.5 },
      mistake: 'accept.at must be whole milliseconds since 1970',
    },
    {
      label: 'nobody',
      type: 'accept',
      command: { ...said, type: 'accept', by: '' },
      mistake: 'accept.by must be text that is not empty',
    },
    {
      label: 'a channel that there is not',
      type: 'touch',
      command: { ...said, type: 'touch', channel: 'fax', outcome: 'sent' },
      mistake: 'touch.channel must be one of phone, email, linkedin, sms, meeting, other',
    },
    {
      label: 'a touch without outcome',
      type: 'touch',
      command: { ...said, type: 'touch', channel: 'phone' },
      mistake:
        'touch.outcome must be one of no-answer, left-message, sent, replied, reached, opted-out, wrong-number, bounced',
    },
    {
      label: 'an answer that is neither yes nor no',
      type: 'qualify',
      command: { ...said, type: 'qualify', bant: { budget: { confirmed: 'maybe' } } },
      mistake: 'qualify.bant.budget.confirmed must be true or false',
    },
    {
      label: 'a field that is no plain value',
      type: 'enrich',
      command: { ...said, type: 'enrich', fields: { industry: ['steel'] } },
      mistake: 'enrich.fields must be a plain value',
    },
    {
      label: 'a score that is not finite',
      type: 'signal',
      command: { ...said, type: 'signal', score: Number.NaN },
      mistake: 'signal.score must be a number',
    },
  ] as const)('$label is told in words', ({ type, command, mistake }) => {
    expect(findShapeMistake(type, command)).toBe(mistake);
  });
});
