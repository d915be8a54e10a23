/** What runs, in the order in which it was started. */
export interface ThingsToStop {
  readonly add: (name: string, stop: () => Promise<void>) => void;
  /** Stops everything, the last started first, each after the one before; a failure does not spare the others. */
  readonly stopAll: (onFailure: (name: string, error: unknown) => void) => Promise<void>;
}

export function createThingsToStop(): ThingsToStop {
  const things: { name: string; stop: () => Promise<void> }[] = [];
  return {
    add: (name, stop) => things.push({ name, stop }),
    stopAll: async (onFailure) => {
      for (let thing = things.pop(); thing; thing = things.pop()) {
        const { name, stop } = thing;
        await stop().catch((error: unknown) => onFailure(name, error));
      }
    },
  };
}
