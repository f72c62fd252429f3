import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; its last error is the reason when time is up. */
export const eventually = async <T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined>,
): Promise<T> => {
  const deadline = performance.now() + seconds * 1000;
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
  throw new Error(`${what}: not within ${seconds} s, ${reason}.`);
};
