/** Everything that runs, in the order in which it is stopped: first who gives work, last who keeps it. */
const stopOrder = ['demo', 'API', 'worker', 'inbox', 'Temporal', 'PostgreSQL', 'data folder'] as const;
export type ThingName = (typeof stopOrder)[number];

export interface ThingsToStop {
  readonly add: (name: ThingName, stop: () => Promise<void>) => void;
  /** Stops everything, each after the one before; a failure does not spare the others. */
  readonly stopAll: (onFailure: (name: ThingName, error: unknown) => void) => Promise<void>;
}

export function createThingsToStop(): ThingsToStop {
  const stops = new Map<ThingName, () => Promise<void>>();
  return {
    add: (name, stop) => stops.set(name, stop),
    stopAll: async (onFailure) => {
      for (const name of stopOrder)
        await stops
          .get(name)?.()
          .catch((error: unknown) => onFailure(name, error));
    },
  };
}
