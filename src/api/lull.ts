export interface LullPatience {
  /** How long nothing may have been added before what waits is let go. */
  readonly quietMs: number;
  /** How long the first of what waits may wait at most, or, while others are still going, after the last has gone. */
  readonly waitMsMax: number;
}

/** Holds things back while more keep coming or earlier ones still go, then lets them go together. */
export class Lull<T> {
  #waiting: T[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #limit: NodeJS.Timeout | undefined;
  #goingCount = 0;

  /** @param letGo resolves when the things have gone; it never rejects */
  constructor(
    private readonly letGo: (things: readonly T[]) => Promise<unknown>,
    private readonly patience: LullPatience,
  ) {}

  get count(): number {
    return this.#waiting.length;
  }

  add(thing: T): void {
    this.#waiting.push(thing);
    if (this.#goingCount === 0) this.#wait();
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
    if (this.#goingCount === 0 && this.#waiting.length > 0) this.#wait();
  }

  #wait(): void {
    this.#limit ??= setTimeout(() => this.flush(), this.patience.waitMsMax);
    if (this.#quiet === undefined) this.#quiet = setTimeout(() => this.flush(), this.patience.quietMs);
    else this.#quiet.refresh();
  }
}
