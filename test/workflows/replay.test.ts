import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows } from '../../src/temporal/worker.js';

/** Leads that began under earlier code go on under this one: every recorded history replays. */
const folder = new URL('../histories/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));

const logger = new DefaultLogger('ERROR');
let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  Runtime.install({ logger });
  workflowBundle = await bundleWorkflows(logger);
}, 60_000);

interface HistoryEvent {
  eventId: string;
  eventType: string;
  [attributes: string]: unknown;
}

const historyOf = (file: string): { events: HistoryEvent[] } =>
  JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString()) as { events: HistoryEvent[] };

const replay = (history: object, file: string): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, history, `replay-${file}`);

test('there are histories to replay', () => {
  expect(files.length).toBeGreaterThan(0);
});

test.each(files)('%s replays', async (file) => {
  await expect(replay(historyOf(file), file)).resolves.toBeUndefined();
});

test('a history in which the workflow did two things in another order does not replay', async () => {
  const history = historyOf(files[0]!);
  const spoilt = { ...history, events: withFirstCommandsSwapped(history.events) };
  await expect(replay(spoilt, 'spoilt')).rejects.toThrow(DeterminismViolationError);
});

/** The first two neighbours that the workflow itself asked for, each in the other's place. */
function withFirstCommandsSwapped(events: readonly HistoryEvent[]): HistoryEvent[] {
  const asked = ['EVENT_TYPE_ACTIVITY_TASK_SCHEDULED', 'EVENT_TYPE_TIMER_STARTED', 'EVENT_TYPE_MARKER_RECORDED'];
  const isAsked = ({ eventType }: HistoryEvent): boolean =>
    asked.includes(eventType) || eventType === 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES';
  const at = events.findIndex((event, index) => isAsked(event) && isAsked(events[index + 1]!));
  const [one, other] = [events[at]!, events[at + 1]!];
  return events.with(at, { ...other, eventId: one.eventId }).with(at + 1, { ...one, eventId: other.eventId });
}
