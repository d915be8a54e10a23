/** What became of one item of a batch. */
export type Settled<Result> =
  { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'failed'; readonly error: unknown };

export interface BatchRules<Item, Result> {
  readonly sizeMax: number;
  /** Items that share a key never meet in one batch. */
  readonly keysOf: (item: Item) => readonly string[];
  /** The outcomes, in the order of the items; throws if none of them came through. */
  readonly run: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs one batch at a time; what arrives meanwhile makes the next. A lone item waits for nobody, and a burst costs few
 * transactions.
 * @returns submits one item and waits for its outcome
 */
export function inBatches<Item, Result>(rules: BatchRules<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;
  const runAll = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) await runBatch(rules, takeBatch(rules, waiting));
    isRunning = false;
  };
  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void runAll();
    });
}

/** Takes the oldest items that fit together out of the queue. */
function takeBatch<Item, Result>(
  { sizeMax, keysOf }: BatchRules<Item, Result>,
  waiting: Waiting<Item, Result>[],
): readonly Waiting<Item, Result>[] {
  const taken: Waiting<Item, Result>[] = [];
  const keys = new Set<string>();
  for (const one of waiting) {
    if (taken.length === sizeMax) break;
    const itsKeys = keysOf(one.item);
    if (!itsKeys.some((key) => keys.has(key))) taken.push(one);
    // Also the keys of those left behind: what arrives later must not overtake them.
    itsKeys.forEach((key) => keys.add(key));
  }
  const left = waiting.filter((one) => !taken.includes(one));
  waiting.splice(0, waiting.length, ...left);
  return taken;
}

/** Never throws: each waiting item hears of its own outcome. A batch that fails is tried again one by one. */
async function runBatch<Item, Result>(
  rules: BatchRules<Item, Result>,
  batch: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const outcomes = await rules.run(batch.map(({ item }) => item));
    batch.forEach((one, index) => settle(one, outcomes[index]));
  } catch (error) {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const one of batch) await runBatch(rules, [one]);
  }
}

function settle<Item, Result>(one: Waiting<Item, Result>, outcome: Settled<Result> | undefined): void {
  if (outcome?.kind === 'done') one.resolve(outcome.result);
  else one.reject(outcome?.error ?? new Error('a batch left out one of its items'));
}
