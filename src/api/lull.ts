export interface LullPatience {
  /** How long nothing may have been added before what waits is let go. */
  readonly quietMs: number;
  /** How long the first of what waits may wait at most. */
  readonly waitMsMax: number;
}

/** Holds things back while more keep coming, then lets them go together. */
export class Lull<T> {
  #waiting: T[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #limit: NodeJS.Timeout | undefined;

  constructor(
    private readonly letGo: (things: readonly T[]) => void,
    private readonly patience: LullPatience,
  ) {}

  get count(): number {
    return this.#waiting.length;
  }

  add(thing: T): void {
    this.#waiting.push(thing);
    this.#limit ??= setTimeout(() => this.flush(), this.patience.waitMsMax);
    if (this.#quiet === undefined) this.#quiet = setTimeout(() => this.flush(), this.patience.quietMs);
    else this.#quiet.refresh();
  }

  /** Lets go at once what waits. */
  flush(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#limit);
    this.#quiet = undefined;
    this.#limit = undefined;
    const things = this.#waiting;
    this.#waiting = [];
    if (things.length > 0) this.letGo(things);
  }
}
