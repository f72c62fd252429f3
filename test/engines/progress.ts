import type { Engine } from './engine.js';

/** What the terminal shows of one engine's build: a start, the time it takes, and an end. */
export interface Progress {
  /** Ends with `built in … s`. */
  built(): void;
  /** Ends with the reason of the failure. */
  failed(reason: string): void;
}

/** Says that a build starts, and keeps the elapsed time on the line where this is a terminal. */
export function startProgress(engine: Engine): Progress {
  const label = `${engine.name} ${engine.version}`;
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1000);
  const clear = process.stdout.isTTY ? '\r\x1b[K' : '';
  process.stdout.write(`${label}: building …${clear ? '' : '\n'}`);
  const tick = () => process.stdout.write(`${clear}${label}: building … ${seconds()} s`);
  const timer = clear ? setInterval(tick, 1000) : undefined;
  const end = (text: string) => {
    clearInterval(timer);
    process.stdout.write(`${clear}${label}: ${text}\n`);
  };
  return {
    built: () => end(`built in ${seconds()} s`),
    failed: (reason) => end(`failed after ${seconds()} s\n${reason}`),
  };
}

/** One line of an engine that needs no build. */
export function report(engine: Engine, text: string): void {
  process.stdout.write(`${engine.name} ${engine.version}: ${text}\n`);
}
