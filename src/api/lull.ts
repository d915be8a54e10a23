export interface LullPatience {
  /** How long nothing may have been added, or been under way, before what waits is let go. */
  readonly quietMs: number;
  /** How long the first of what waits may wait at most, or, while others are still going, after the last has gone. */
  readonly waitMsMax: number;
  /** With so many waiting, no more are waited for. */
  readonly enoughCount: number;
}

/**
 * Holds things back while more keep coming, then lets them go together. What cannot wait for that any longer goes
 * without it, but not while earlier ones still do.
 */
export class Lull<T> {
  #waiting: T[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #limit: NodeJS.Timeout | undefined;
  #busyCount = 0;
  #goingCount = 0;

  /** @param letGo resolves when the things have gone; it never rejects */
  constructor(
    private readonly letGo: (things: readonly T[]) => Promise<unknown>,
    private readonly patience: LullPatience,
  ) {}

  get count(): number {
    return this.#waiting.length;
  }

  /** It is not quiet while `work` is under way, however long that takes. */
  async during<R>(work: () => Promise<R>): Promise<R> {
    this.#busyCount += 1;
    try {
      return await work();
    } finally {
      this.#busyCount -= 1;
      this.#wait();
    }
  }

  add(thing: T): void {
    this.#waiting.push(thing);
    this.#wait();
  }

  /** Lets go at once what waits, whether or not others are still going. */
  flush(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#limit);
    this.#quiet = undefined;
    this.#limit = undefined;
    const things = this.#waiting;
    this.#waiting = [];
    if (things.length > 0) void this.#go(things);
  }

  async #go(things: readonly T[]): Promise<void> {
    this.#goingCount += 1;
    await this.letGo(things);
    this.#goingCount -= 1;
    this.#wait();
  }

  #wait(): void {
    if (this.#waiting.length === 0) return;
    if (this.#goingCount === 0) this.#waitForSoLong();
    if (this.#busyCount > 0) return;
    if (this.#quiet === undefined) this.#quiet = setTimeout(() => this.#endQuiet(), this.patience.quietMs);
    else this.#quiet.refresh();
  }

  /** Enough go when the present turn is over, for whoever adds one of them may not be done with it. */
  #waitForSoLong(): void {
    this.#limit ??= setTimeout(() => this.flush(), this.patience.waitMsMax);
    if (this.#waiting.length >= this.patience.enoughCount) queueMicrotask(() => this.flush());
  }

  /** Something that began meanwhile has to end first; it is quiet again after that. */
  #endQuiet(): void {
    this.#quiet = undefined;
    if (this.#busyCount === 0) this.flush();
  }
}
