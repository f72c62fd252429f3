import type { Metric } from '../../src/catalogues/catalogue.js';
import type { Observation } from './observation.js';

/** The result of capturing one page. */
export interface Found {
  readonly seen: readonly Observation[];
  /** The metrics in the documentation of the release. @default - it has none */
  readonly documented?: Readonly<Record<string, Metric>>;
}

/** How to capture the metrics of an engine with the shipped flags. */
export interface Capture {
  /** The name of the engine in the catalogues. @default - the name of each catalogue */
  readonly engine?: string;
  /** Its releases, the oldest first. */
  releases(): Promise<readonly string[]>;
  /**
   * Starts a release in a temporary folder, causes as many metrics as possible, and captures them,
   * by catalogue.
   */
  run(folder: string, release: string): Promise<Readonly<Record<string, Found>>>;
  /**
   * Captures its page on a machine with `cpus` CPUs.
   * @default - the page does not depend on them
   */
  onMachine?(folder: string, cpus: number): Promise<Observation>;
}
