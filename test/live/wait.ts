import { setTimeout as sleep } from 'node:timers/promises';

// Far longer than needed: Prometheus can wait a minute before it sends an alert again.
const usualSeconds = 100;

/** Polls until there is an answer; throws the last error after the timeout, by default 100 seconds. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T | undefined>,
  limitSeconds = usualSeconds,
): Promise<T> => {
  const deadline = performance.now() + limitSeconds * 1000;
  let reason = 'there was no answer';
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await sleep(250);
  }
  throw new Error(`${what}: not within ${limitSeconds} s, ${reason}.`);
};
