import type { TouchChannel } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { Command, CommandOf, CommandType, TouchOrigin, TouchOutcome } from '../domain/lifecycle/commands.js';
import type { ClockOutcome, OutcomeVerdict, TierOutcome } from '../domain/what-if/outcome.js';
import type { PastFact, PastLead, PastStory } from '../domain/what-if/past-lead.js';

/**
 * Numbers the form in which stories are kept. Whoever changes this file, or what a `PastLead` makes of a ledger, takes
 * the next number: stories of another form are not read, and the keeper keeps them anew.
 */
export const STORY_FORM = 2;

/** A past lead that an agreement has judged. */
export type JudgedLead = Required<PastLead>;

/**
 * A lead in a third of what its JSON takes, so that many are soon read: words by their places, instants by the time
 * since the fact before, commands by their own places instead of their ids.
 */
type KeptStory = readonly [
  handOff: PastStory['handOff'],
  ownWords: readonly string[],
  facts: readonly KeptFact[],
  moves: PastStory['moves'],
  wasExcluded: boolean,
  changedAgreement: boolean,
  was: readonly [isExcluded: boolean, team: string | null, clocks: readonly number[], tiers: readonly number[]],
];

type KeptFact = KeptTouch | KeptCommand;

/** A touch whose origin and instant were said, as nearly all are; `more` is what else was. */
type KeptTouch = readonly [
  afterMs: number,
  by: number,
  channel: number,
  outcome: number,
  origin: number,
  agoMs: number,
  more?: object,
];

/** Any command; `saidBy` is the place of the fact that a touch taken back comes from, `NOWHERE` if none does. */
type KeptCommand = readonly [afterMs: number, by: number, type: number, body: object, saidBy?: number];

const NOWHERE = -1;

/** Words of most stories, which know them by their places; an own word follows them in its story. */
const commonWords: readonly string[] = [
  'notified',
  'accept',
  'touch',
  'status',
  'qualify',
  'dispose',
  'human',
  'phone',
  'email',
  'linkedin',
  'meeting',
  'no-answer',
  'left-message',
  'sent',
  'replied',
  'reached',
  'met',
  'breached',
  'cancelled',
  'undecided',
] satisfies readonly (CommandType | TouchOrigin | TouchChannel | TouchOutcome | OutcomeVerdict)[];

/** How many numbers a clock, and how many a tier takes. */
const CLOCK_SIZE = 5;
const TIER_SIZE = 4;

/** The text of a lead, from which `readStory` makes it again. */
export function writeStory({ story, was }: JudgedLead): string {
  const { ownWords, placeOf } = lexicon();
  const kept: KeptStory = [
    story.handOff,
    ownWords,
    keptFacts(story, placeOf),
    story.moves,
    story.wasExcluded,
    story.changedAgreement,
    [was.isExcluded, was.team, was.clocks.flatMap(keptClock(placeOf)), was.tiers.flatMap(keptTier(placeOf))],
  ];
  return JSON.stringify(kept);
}

const keptClock =
  (placeOf: PlaceOf) =>
  ({ clock, n, cycle, verdict, warningCount }: ClockOutcome): readonly number[] => [
    placeOf(clock),
    n,
    cycle,
    placeOf(verdict),
    warningCount,
  ];

const keptTier =
  (placeOf: PlaceOf) =>
  ({ clock, tier, toldCount, moved }: TierOutcome): readonly number[] => [
    placeOf(clock),
    tier,
    toldCount,
    Number(moved),
  ];

type PlaceOf = (word: string) => number;

/** Gives each word its place: a common one its own, any other the next among the story's own. */
function lexicon() {
  const ownWords: string[] = [];
  const places = new Map(commonWords.map((word, place) => [word, place]));
  const placeOf: PlaceOf = (word) => {
    const known = places.get(word);
    if (known !== undefined) return known;
    const place = commonWords.length + ownWords.push(word) - 1;
    places.set(word, place);
    return place;
  };
  return { ownWords, placeOf };
}

function keptFacts({ handOff, facts }: PastStory, placeOf: PlaceOf): readonly KeptFact[] {
  const placeById = new Map(facts.map(({ command }, place) => [command.id, place]));
  return facts.map(({ command, touchSaidBy }, place) => {
    const afterMs = command.at - (facts[place - 1]?.command.at ?? handOff.at);
    if (isWholeTouch(command)) return keptTouch(command, afterMs, placeOf);
    const { type, at: _at, by, id: _id, ...body } = command;
    const saidBy = touchSaidBy === undefined ? ([] as const) : ([placeById.get(touchSaidBy) ?? NOWHERE] as const);
    return [afterMs, placeOf(by), placeOf(type), body, ...saidBy];
  });
}

type WholeTouch = Required<Pick<CommandOf<'touch'>, 'origin' | 'occurredAt'>> & CommandOf<'touch'>;

const isWholeTouch = (command: Command): command is WholeTouch =>
  command.type === 'touch' && command.origin !== undefined && command.occurredAt !== undefined;

function keptTouch(touch: WholeTouch, afterMs: number, placeOf: PlaceOf): KeptTouch {
  const { type: _type, at, by, id: _id, channel, outcome, origin, occurredAt, ...more } = touch;
  const rest = Object.keys(more).length === 0 ? ([] as const) : ([more] as const);
  return [afterMs, placeOf(by), placeOf(channel), placeOf(outcome), placeOf(origin), at - occurredAt, ...rest];
}

/**
 * What `writeStory` was given, save that each command's id is its number among the facts, from 1; a touch taken back
 * speaks of its command by that number, or by '' if no fact logged it.
 */
export function readStory(text: string): JudgedLead {
  const kept = JSON.parse(text) as KeptStory;
  const [handOff, ownWords, facts, moves, wasExcluded, changedAgreement, [isExcluded, team, clocks, tiers]] = kept;
  const wordAt: WordAt = (place) => commonWords[place] ?? ownWords[place - commonWords.length]!;
  return {
    story: { handOff, facts: factsOf(facts, handOff.at, wordAt), moves, wasExcluded, changedAgreement },
    was: { isExcluded, team, clocks: clocksOf(clocks, wordAt), tiers: tiersOf(tiers, wordAt) },
  };
}

type WordAt = (place: number) => string;

function factsOf(kept: readonly KeptFact[], handedOffAt: Instant, wordAt: WordAt): readonly PastFact[] {
  let at = handedOffAt;
  return kept.map((fact, place) => {
    at += fact[0];
    const said = { at, by: wordAt(fact[1]), id: idOf(place) };
    return isTouch(fact) ? touchOf(fact, said, wordAt) : factOf(fact, said, wordAt);
  });
}

const isTouch = (fact: KeptFact): fact is KeptTouch => typeof fact[3] === 'number';

const idOf = (place: number): string => (place === NOWHERE ? '' : String(place + 1));

type Said = Pick<Command, 'at' | 'by' | 'id'>;

function touchOf([, , channel, outcome, origin, agoMs, more]: KeptTouch, { at, by, id }: Said, wordAt: WordAt) {
  return {
    command: {
      type: 'touch',
      channel: wordAt(channel) as TouchChannel,
      outcome: wordAt(outcome) as TouchOutcome,
      origin: wordAt(origin) as TouchOrigin,
      occurredAt: at - agoMs,
      at,
      by,
      id,
      ...more,
    },
  } as const;
}

function factOf([, , type, body, saidBy]: KeptCommand, { at, by, id }: Said, wordAt: WordAt): PastFact {
  // Nobody else has this body; copying bodies of many shapes takes longer than all else that is done here.
  const command = Object.assign(body, { type: wordAt(type), at, by, id }) as Command;
  return saidBy === undefined ? { command } : { command, touchSaidBy: idOf(saidBy) };
}

function clocksOf(kept: readonly number[], wordAt: WordAt): readonly ClockOutcome[] {
  const clocks: ClockOutcome[] = [];
  for (let i = 0; i < kept.length; i += CLOCK_SIZE) {
    clocks.push({
      clock: wordAt(kept[i]!),
      n: kept[i + 1]!,
      cycle: kept[i + 2]!,
      verdict: wordAt(kept[i + 3]!) as OutcomeVerdict,
      warningCount: kept[i + 4]!,
    });
  }
  return clocks;
}

function tiersOf(kept: readonly number[], wordAt: WordAt): readonly TierOutcome[] {
  const tiers: TierOutcome[] = [];
  for (let i = 0; i < kept.length; i += TIER_SIZE) {
    tiers.push({ clock: wordAt(kept[i]!), tier: kept[i + 1]!, toldCount: kept[i + 2]!, moved: kept[i + 3] === 1 });
  }
  return tiers;
}
