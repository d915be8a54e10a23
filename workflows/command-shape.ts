import { bantQuestions, touchChannels } from '../src/domain/agreement/index.js';
import {
  commandTypes,
  opportunityStatuses,
  rolloutModes,
  touchOrigins,
  touchOutcomes,
  type CommandOf,
  type CommandType,
} from '../src/domain/lifecycle/commands.js';

/** Says what a value should have been; nothing if it is that. */
type Check = (value: unknown) => string | undefined;
interface Field {
  readonly check: Check;
  readonly isOptional: boolean;
}
/** One entry for each field that the command of that type may carry, no more and no fewer. */
type Shape<T extends CommandType> = Readonly<Record<Exclude<AllKeys<CommandOf<T>>, SaidKey>, Field>>;
type AllKeys<C> = C extends unknown ? keyof C : never;
type SaidKey = 'type' | 'at' | 'by' | 'id';

const must = (check: Check): Field => ({ check, isOptional: false });
const may = (check: Check): Field => ({ check, isOptional: true });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const word: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be text that is not empty';
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const count: Check = (value) => (Number.isFinite(value) ? undefined : 'must be a number');
const instant: Check = (value) => (Number.isSafeInteger(value) ? undefined : 'must be whole milliseconds since 1970');
const record: Check = (value) => (isRecord(value) ? undefined : 'must be an object');
const texts: Check = (value) => (Array.isArray(value) && !value.some(text) ? undefined : 'must be a list of texts');
const records: Check = (value) =>
  Array.isArray(value) && value.every(isRecord) ? undefined : 'must be a list of objects';
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.some((known) => known === value) ? undefined : `must be one of ${words.join(', ')}`;

const plain: Check = (value) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) ? undefined : 'must be a plain value';
const everyValue =
  (check: Check): Check =>
  (value) =>
    record(value) ??
    Object.values(value as object)
      .map(check)
      .find(Boolean);

const answered: Check = (value) =>
  record(value) ?? findFieldMistake({ confirmed: must(flag), note: may(text) }, value as Record<string, unknown>);
const bant: Check = (value) =>
  record(value) ??
  findFieldMistake(
    Object.fromEntries(bantQuestions.map((question) => [question, may(answered)])),
    value as Record<string, unknown>,
  );

const shapes: { readonly [T in CommandType]: Shape<T> } = {
  notified: { recipient: must(word), shadow: may(flag) },
  accept: {},
  // One that is empty is no reason of the agreement: refused, not malformed.
  reject: { reason: must(text), notes: may(text) },
  touch: {
    channel: must(oneOf(touchChannels)),
    outcome: must(oneOf(touchOutcomes)),
    origin: may(oneOf(touchOrigins)),
    occurredAt: may(instant),
    nextStepAt: may(instant),
  },
  status: { text: must(text), nextStepAt: may(instant) },
  qualify: { bant: may(bant), intent: may(word) },
  dispose: {
    route: may(oneOf(['sales-qualified'])),
    reason: may(word),
    notes: may(text),
    wakeOn: may(word),
    friction: may(text),
    contentGap: may(text),
  },
  feedback: { notes: must(text) },
  reassign: { to: must(word) },
  pause: { reason: must(text), until: may(instant) },
  resume: {},
  acknowledge: { clock: must(word) },
  dispute: { reason: must(text), notes: may(text) },
  'resolve-dispute': { decision: must(oneOf(['upheld', 'denied'])), notes: may(text) },
  enrich: { fields: must(everyValue(plain)) },
  signal: { score: may(count), action: may(word), signal: may(word), value: may(count) },
  opportunity: { amount: may(text), status: must(oneOf(opportunityStatuses)), crmId: may(text) },
  'apply-agreement': {
    agreement: may(record),
    mistakes: may(texts),
    running: may(oneOf(rolloutModes)),
    windows: may(everyValue(record)),
  },
  'revert-agreement': {
    agreement: must(record),
    appliedSeq: must(count),
    clocks: must(records),
    agreements: must(everyValue(record)),
  },
  rejudge: {
    correction: must(word),
    reason: must(word),
    judgedSeq: must(count),
    touch: may(record),
    clocks: must(records),
    agreements: must(everyValue(record)),
  },
  reopen: { reason: must(word) },
  requalify: { fields: may(everyValue(plain)), signals: may(records) },
  retract: { touch: must(count), reason: must(word) },
  'mark-bounced': { touch: must(count), reason: may(text) },
};

/**
 * The first thing that is wrong with how a command is written, in words; nothing for one that `step` may see.
 * Quick, synchronous and free of packages: it runs inside the workflow, for each update, before it is accepted.
 * @param type the update by which the command came
 */
export function findShapeMistake(type: CommandType, command: unknown): string | undefined {
  if (!isRecord(command)) return `${type}: a command must be an object`;
  if (command.type !== type)
    return `${type}: type is ${JSON.stringify(command.type)}; send it by the update of its type`;
  const said = { type: must(oneOf(commandTypes)), at: must(instant), by: must(word), id: must(word) };
  const mistake = findFieldMistake({ ...said, ...shapes[type] }, command);
  return mistake === undefined ? undefined : `${type}.${mistake}`;
}

function findFieldMistake(fields: Readonly<Record<string, Field>>, value: Readonly<Record<string, unknown>>) {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return `${unknown} is not known here; leave it out`;
  for (const [name, { check, isOptional }] of Object.entries(fields)) {
    if (value[name] === undefined && isOptional) continue;
    const mistake = check(value[name]);
    // What is wrong inside of a value begins with its place there.
    if (mistake !== undefined) return mistake.startsWith('must ') ? `${name} ${mistake}` : `${name}.${mistake}`;
  }
  return undefined;
}
