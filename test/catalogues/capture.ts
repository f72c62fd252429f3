import type { Metric } from '../../src/catalogues/catalogue.js';
import type { Observation } from './observation.js';

/** What a capture found out about one page. */
export interface Found {
  readonly seen: readonly Observation[];
  /** What the release's own list of metrics has. @default - it has none */
  readonly documented?: Readonly<Record<string, Metric>>;
}

/** How the metrics of an engine are shown, with the flags that ship. */
export interface Capture {
  /** What the catalogues call it. @default - the name of each catalogue */
  readonly engine?: string;
  /** Its releases, the oldest first. */
  releases(): Promise<readonly string[]>;
  /** Starts a release below a folder that is removed afterwards, brings about what it can, and looks. By catalogue. */
  run(folder: string, release: string): Promise<Readonly<Record<string, Found>>>;
}
