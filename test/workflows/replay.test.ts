import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows } from '../../src/temporal/worker.js';
import { commandTypes } from '../../src/domain/lifecycle/commands.js';
import { stages } from '../../src/domain/lifecycle/stage.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import {
  agreementJourneyNames,
  historiesFolder,
  journeyNames,
  ledgersFolder,
  readHistory,
  readLedger,
  recordedFiles,
  type History,
  type HistoryEvent,
} from './recorded.js';

/** Leads that began under earlier code go on under this one: every recorded history replays. */
const files = recordedFiles(historiesFolder);
const histories = files.map((file) => ({ file, history: readHistory(file) }));

const logger = new DefaultLogger('ERROR');
let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  // The spoilt ones fail on purpose, and say so at length.
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger, telemetryOptions: { logging: { filter, forward: {} } } });
  workflowBundle = await bundleWorkflows(logger);
}, 60_000);

const replay = (history: object, file: string): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, history, `replay-${file}`);

test.each(histories)('$file replays', async ({ file, history }) => {
  await expect(replay(history, file)).resolves.toBeUndefined();
});

describe('what is recorded', () => {
  const ledgers = recordedFiles(ledgersFolder).map(readLedger);

  test('is every journey', () => {
    const nameOf = (file: string): string => file.split('.')[0]!;
    const recorded = new Set(recordedFiles(ledgersFolder).map(nameOf));
    expect(journeyNames.filter((name) => !recorded.has(name))).toEqual([]);
    const all = [...journeyNames, ...agreementJourneyNames];
    expect(all.filter((name) => !files.some((file) => nameOf(file) === name))).toEqual([]);
  });

  test('says every command', () => {
    const said = new Set(
      ledgers.flatMap(({ events, said: commands }) => [...commands, ...events].map(({ type }) => type)),
    );
    expect(commandTypes.filter((type) => !said.has(type))).toEqual([]);
  });

  test('visits every stage of a lead that has a workflow', () => {
    const visited = new Set(
      ledgers.flatMap(({ events }) => events.map((_, index) => foldLead(events.slice(0, index + 1)).stage)),
    );
    expect(stages.filter((stage) => !visited.has(stage))).toEqual(['inquiry']);
  });

  test('goes on as new, begins again after it had settled, and takes ordinary activities for local ones', () => {
    const ended = histories.map(({ history }) => history.events.at(-1)!.eventType);
    expect(ended).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect(ended).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
    expect(files.some((file) => file.startsWith('settled-and-spoken-to-again.run-2'))).toBe(true);
    expect(JSON.stringify(readHistory('database-and-mail-away.since-4.json.gz'))).toContain(
      '"activityType":{"name":"recordEvents"}',
    );
  });
});

const spoiltOnes = [
  'answered-and-won.',
  'nobody-answers.',
  'under-three-agreements.',
  'recycled-until-it-wakes.run-2.',
];
test.each(histories.filter(({ file }) => spoiltOnes.some((name) => file.startsWith(name))))(
  '$file does not replay if the workflow had done two things in another order',
  async ({ file, history }) => {
    await expect(replay(spoilt(history), `spoilt-${file}`)).rejects.toThrow(DeterminismViolationError);
  },
);

test.each(histories.filter(({ file }) => agreementJourneyNames.some((name) => file.startsWith(`${name}.`))))(
  '$file does not replay if the workflow had asked for another activity first',
  async ({ file, history }) => {
    await expect(replay(withOtherActivity(history), `spoilt-${file}`)).rejects.toThrow(DeterminismViolationError);
  },
);

const SCHEDULED = 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED';

function withOtherActivity({ events }: History): History {
  const at = events.findIndex(({ eventType }) => eventType === SCHEDULED);
  const event = events[at]!;
  const attributes = event['activityTaskScheduledEventAttributes'] as object;
  const other = { ...attributes, activityType: { name: 'somethingElse' } };
  return { events: events.with(at, { ...event, activityTaskScheduledEventAttributes: other }) };
}

const asked = ['EVENT_TYPE_ACTIVITY_TASK_SCHEDULED', 'EVENT_TYPE_TIMER_STARTED', 'EVENT_TYPE_MARKER_RECORDED'];
const isAsked = ({ eventType }: HistoryEvent): boolean =>
  asked.includes(eventType) || eventType === 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES';

/** The first two different neighbours that the workflow itself asked for, each in the other's place. */
function spoilt({ events }: History): History {
  const at = events.findIndex((event, index) => {
    const next = events[index + 1];
    return isAsked(event) && next !== undefined && isAsked(next) && next.eventType !== event.eventType;
  });
  const [one, other] = [events[at]!, events[at + 1]!];
  const swapped = events.with(at, { ...other, eventId: one.eventId }).with(at + 1, { ...one, eventId: other.eventId });
  return { events: swapped };
}
