import { heartbeat } from '@temporalio/activity';

/** Far less than the time after which the workflow gives an attempt up for lost. */
const BEAT_EVERY_MS = 3_000;

/** The activity, saying every few seconds that it lives: of a killed worker's attempts Temporal learns at once. */
export const heartbeating =
  <Arguments extends readonly unknown[], Result>(activity: (...args: Arguments) => Promise<Result>) =>
  async (...args: Arguments): Promise<Result> => {
    const beating = setInterval(heartbeat, BEAT_EVERY_MS);
    try {
      return await activity(...args);
    } finally {
      clearInterval(beating);
    }
  };
