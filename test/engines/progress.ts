import type { Engine } from './engine.js';

/** The output for one engine's build: its start, its duration, and its end. */
export interface Progress {
  /** Ends with `built in … s`. */
  built(): void;
  /** Ends with the reason of the failure. */
  failed(reason: string): void;
}

/** The start time of each running build, in milliseconds. */
const underWay = new Map<string, number>();
const isTerminal = process.stdout.isTTY;

const secondsSince = (begin: number): number => Math.round((performance.now() - begin) / 1000);

/** The line with all running builds. */
const show = (): void => {
  const builds = [...underWay].map(([label, begin]) => `${label} … ${secondsSince(begin)} s`);
  process.stdout.write(`\r\x1b[K${builds.length > 0 ? `building ${builds.join(', ')}` : ''}`);
};

const print = (text: string): void => {
  process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${text}\n`);
  if (isTerminal) show();
};

/** Prints that a build starts, and updates its duration if the output is a terminal. */
export function startProgress(engine: Engine): Progress {
  const label = `${engine.name} ${engine.version}`;
  const begin = performance.now();
  underWay.set(label, begin);
  if (!isTerminal) print(`${label}: building …`);
  const timer = isTerminal ? setInterval(show, 1000) : undefined;
  const end = (text: string) => {
    clearInterval(timer);
    underWay.delete(label);
    print(`${label}: ${text}`);
  };
  return {
    built: () => end(`built in ${secondsSince(begin)} s`),
    failed: (reason) => end(`failed after ${secondsSince(begin)} s\n${reason}`),
  };
}

/** One line for an engine that needs no build. */
export function report(engine: Engine, text: string): void {
  print(`${engine.name} ${engine.version}: ${text}`);
}
