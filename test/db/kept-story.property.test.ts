/** Promise: the story that is kept of any lead is the one that its ledger tells, but for what its commands are called. */
import { answerFromCalendar } from '../../src/bin/calendar-ports.js';
import { readStory, STORY_FORM, writeStory, type JudgedLead } from '../../src/db/kept-story.js';
import type { TouchChannel } from '../../src/domain/agreement/index.js';
import type { Command, TouchOutcome } from '../../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { storyOf } from '../../src/domain/what-if/facts.js';
import { outcomeOf, type OutcomeVerdict } from '../../src/domain/what-if/outcome.js';
import type { PastFact } from '../../src/domain/what-if/past-lead.js';
import { refold } from '../../src/domain/what-if/refold.js';
import { cases, fc } from '../chance/index.js';
import { agreement, DAY_MS, START } from '../model/agreements.js';
import { mendingWords } from '../model/words.js';
import { tellStory, worldsOf, type World } from '../model/world.js';
import { numbered } from './numbered.js';

/** A busy machine sees fewer stories, not a longer test. */
const LIMIT_MS = 4_000;

const worlds = worldsOf(mendingWords);

/** As its ledger, which is JSON, tells it. */
function leadIn(world: World): JudgedLead {
  const events = JSON.parse(JSON.stringify(tellStory(world).run.events)) as readonly LeadEvent[];
  return { story: storyOf(events), was: outcomeOf(events) };
}

const at = START;
const said = (afterMs: number, type: string, body: object = {}): PastFact => ({
  command: { ...body, type, at: at + afterMs, by: 'ann', id: `said-${afterMs}` } as Command,
});
const touched = (afterMs: number, channel: TouchChannel, outcome: TouchOutcome): PastFact =>
  said(afterMs, 'touch', { channel, outcome, origin: 'human', occurredAt: at + afterMs });
const clock = (name: string, verdict: OutcomeVerdict) => ({ clock: name, n: 1, cycle: 1, verdict, warningCount: 0 });

/** Has every word that has a place in all stories. */
const plainLead: JudgedLead = {
  story: {
    handOff: { leadId: 'lead-1', at, fields: { score: 82 }, signals: [] },
    facts: [
      said(1, 'notified', { recipient: 'ann' }),
      said(2, 'accept'),
      touched(3, 'phone', 'no-answer'),
      touched(4, 'email', 'left-message'),
      touched(5, 'linkedin', 'sent'),
      touched(6, 'meeting', 'replied'),
      touched(7, 'phone', 'reached'),
      said(8, 'touch', { channel: 'phone', outcome: 'no-answer' }),
      said(9, 'status', { text: 'in talks' }),
      said(10, 'qualify', { intent: 'demo' }),
      said(11, 'dispose', { route: 'sales-qualified' }),
    ],
    moves: [],
    wasExcluded: false,
    changedAgreement: false,
  },
  was: {
    isExcluded: false,
    team: 'east',
    clocks: [clock('a', 'met'), clock('b', 'breached'), clock('c', 'cancelled'), clock('d', 'undecided')],
    tiers: [{ clock: 'b', tier: 1, toldCount: 2, moved: true }],
  },
};

/** Changes together with the number of the form, or rows on record would be misread. */
const onRecord =
  '[{"leadId":"lead-1","at":1793282400000,"fields":{"score":82},"signals":[]},["ann","a","b","c","d"],' +
  '[[1,20,0,{"recipient":"ann"}],[1,20,1,{}],[1,20,7,11,6,0],[1,20,8,12,6,0],[1,20,9,13,6,0],[1,20,10,14,6,0],[1,20,7,15,6,0],[1,20,2,{"channel":"phone","outcome":"no-answer"}],[1,20,3,{"text":"in talks"}],[1,20,4,{"intent":"demo"}],[1,20,5,{"route":"sales-qualified"}]],' +
  '[],false,false,[false,"east",[21,1,1,16,0,22,1,1,17,0,23,1,1,18,0,24,1,1,19,0],[22,1,2,1]]]';

const unnamed = (events: readonly LeadEvent[]) => events.map(({ commandId: _commandId, ...event }) => event);

describe('a kept story', () => {
  test('is read as it was told, each command called by its number', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lead = leadIn(world);
        expect(readStory(writeStory(lead))).toStrictEqual(numbered(lead));
      }),
      cases(500, LIMIT_MS),
    );
  }, 600_000);

  test('is written as the number of its form says', () => {
    expect({ form: STORY_FORM, text: writeStory(plainLead) }).toEqual({ form: 2, text: onRecord });
  });

  test('is told to a version as if its commands had kept their ids', () => {
    fc.assert(
      fc.property(worlds, agreement, (world, terms) => {
        const lead = leadIn(world);
        const until = lead.story.handOff.at + 60 * DAY_MS;
        const known = { terms, directory: world.directory, answerFromCalendar, windows: {}, until };
        const [kept, told] = [refold(readStory(writeStory(lead)).story, known), refold(lead.story, known)];
        expect({ ...kept, events: unnamed(kept.events) }).toEqual({ ...told, events: unnamed(told.events) });
      }),
      cases(60, LIMIT_MS),
    );
  }, 600_000);
});
