import { describe, expect, test } from '@jest/globals';
import { sentenceOf } from '../../src/api/index.js';
import { leadView } from '../../src/api/views/lead-view.js';
import { timelineView } from '../../src/api/views/timeline-view.js';
import { stories } from '../db/journeys.js';

const sentencesOf = (label: string): readonly string[] =>
  stories.find((story) => story.label === label)!.events.map((event) => sentenceOf(event));

describe('a sentence', () => {
  test.each(stories)('says each event of $label, whole and without a gap', ({ events }) => {
    for (const event of events) {
      const sentence = sentenceOf(event);
      expect(sentence).toMatch(/^[A-Z].*[.]$/s);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}/);
    }
  });

  test('tells what happened to a lead that nobody answered', () => {
    expect(sentencesOf('a neglected lead')).toEqual(
      expect.arrayContaining([
        'Handed off to rep-east-1 by the rule given: priority normal, segment mid market.',
        'The clock first response started at 2026-11-23 15:00:00 UTC, due 2026-11-23 19:00:00 UTC.',
        'The clock first response reached 50%; it is due 2026-11-23 19:00:00 UTC.',
        'The clock first response was breached: it was due 2026-11-23 19:00:00 UTC while rep-east-1 held the lead.',
        'Escalation tier 1 of first response went to manager-east.',
        'Escalation tier 2 of first response went to vp-sales and the lead to the next person.',
        'The lead went to rep-east-2 by escalation.',
      ]),
    );
  });

  test('writes instants as its reader does', () => {
    const [handedOff, ...later] = stories[0]!.events;
    expect(
      sentenceOf(
        later.find(({ type }) => type === 'clock-started')!,
        () => 'on Monday',
      ),
    ).toContain('due on Monday');
    expect(handedOff).toBeDefined();
  });
});

describe('a view', () => {
  test.each(stories)('of $label is plain JSON whose instants are all ISO 8601', ({ events }) => {
    const text = JSON.stringify([leadView(events), timelineView('lead-1', events)]);
    expect(text).not.toMatch(/"[a-zA-Z]*(At|Until)":\d/);
    expect(text).not.toMatch(/:1[6-9]\d{11}[,}]/);
  });

  test('shows the clocks of all cycles, with their overshoot', () => {
    const { events } = stories[0]!;
    const { clocks, escalations, warnings } = leadView(events);
    expect(clocks).toContainEqual(
      expect.objectContaining({ clock: 'first-response', cycle: 1, verdict: 'breached', overshoot: '20h' }),
    );
    expect(escalations.length).toBeGreaterThan(1);
    expect(warnings.length).toBeGreaterThan(1);
  });
});
