import { runUntil, type Respond } from '../../../src/domain/lifecycle/run.js';
import { eventsCausingNotices, noticesOf } from '../../../src/domain/notices/index.js';
import { goLive, hearing, isLadderSilent, isSilent, type Shadow } from '../../../src/domain/shadow/shadow.js';
import { aLead, hours, mondayTen, people, respond } from '../notices/sample-lead.js';

const all: Shadow = { covers: 'all', liveLadders: [] };
const allButStale: Shadow = { covers: 'all', liveLadders: ['stale'] };
const onlyStale: Shadow = { covers: 'ladders', ladders: ['stale'] };

describe('a ladder', () => {
  test.each([
    { label: 'of a live version speaks', shadow: undefined, isItSilent: false },
    { label: 'of a version wholly in shadow is silent', shadow: all, isItSilent: true },
    { label: 'that went live by itself speaks', shadow: allButStale, isItSilent: false },
    { label: 'that is in shadow by itself is silent', shadow: onlyStale, isItSilent: true },
  ])('$label', ({ shadow, isItSilent }) => expect(isLadderSilent(shadow, 'stale')).toBe(isItSilent));

  test('that is not named goes with the rest of the version', () => {
    expect(isLadderSilent(allButStale, 'not-followed-up')).toBe(true);
    expect(isLadderSilent(onlyStale, 'not-followed-up')).toBe(false);
  });
});

test('what no ladder causes is silent only while the whole version is', () => {
  expect([undefined, onlyStale, allButStale, all].map(isSilent)).toEqual([false, false, true, true]);
});

describe('going live', () => {
  test.each([
    { label: 'ends the shadow of all', shadow: all, ladder: undefined, left: null },
    { label: 'ends that of ladders, too', shadow: onlyStale, ladder: undefined, left: null },
    { label: 'on one ladder leaves the rest in shadow', shadow: all, ladder: 'stale', left: allButStale },
    { label: 'on the last ladder leaves nothing', shadow: onlyStale, ladder: 'stale', left: null },
  ])('$label', ({ shadow, ladder, left }) => expect(goLive(shadow, ladder)).toEqual({ kind: 'live', left }));

  test.each([
    { label: 'is refused to a live version', shadow: undefined, ladder: undefined, code: 'not-in-shadow' },
    { label: 'is refused to a ladder of a live version', shadow: undefined, ladder: 'stale', code: 'not-in-shadow' },
    { label: 'is refused to a ladder that is live', shadow: allButStale, ladder: 'stale', code: 'ladder-is-live' },
  ])('$label', ({ shadow, ladder, code }) => expect(goLive(shadow, ladder)).toEqual({ kind: 'refused', code }));
});

describe('a tier of a ladder in shadow', () => {
  const respondIn =
    (shadow: Shadow): Respond =>
    (question, story) => {
      const answer = respond(question, story);
      return question.kind === 'recipients' ? hearing(question, answer as readonly string[], shadow) : answer;
    };
  const tiersIn = (shadow: Shadow) =>
    runUntil(aLead(), mondayTen + hours(24), respondIn(shadow)).events.flatMap((event) =>
      event.type === 'tier-fired' && event.clock === 'first-response' ? [event] : [],
    );
  const live = { covers: 'ladders', ladders: [] } as const;

  test('fires when it would, and names whom it would have told', () => {
    const said = (shadow: Shadow) => tiersIn(shadow).map(({ tier, at, to, skipped }) => ({ tier, at, to, skipped }));
    expect(said(all)).toEqual(said(live));
    expect(said(all)).toHaveLength(2);
  });

  test('says that it was in shadow, and that it moved nobody', () => {
    expect(tiersIn(all).map(({ shadow, reassigned }) => [shadow, reassigned])).toEqual([
      [true, undefined],
      [true, false],
    ]);
    expect(tiersIn(live).map(({ shadow, reassigned }) => [shadow, reassigned])).toEqual([
      [undefined, undefined],
      [undefined, true],
    ]);
  });

  test('asks for no heir: nobody is given a lead that stays', () => {
    const kinds: string[] = [];
    runUntil(aLead(), mondayTen + hours(24), (question, story) => {
      kinds.push(question.kind);
      return respondIn(all)(question, story);
    });
    expect(kinds).toContain('recipients');
    expect(kinds).not.toContain('next-owner');
  });

  test('still has its notices, for whoever lists what would have gone out', () => {
    const { events, state } = runUntil(aLead(), mondayTen + hours(24), respondIn(all));
    const readers = eventsCausingNotices(events)
      .filter((event) => event.type === 'tier-fired' && event.clock === 'first-response')
      .flatMap((event) => noticesOf(event, state, people).map(({ reader }) => reader));
    expect(readers).toEqual(['manager-east', 'vp-sales']);
  });
});
