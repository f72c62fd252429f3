import type { Selectors } from './place.js';

/** What an import knows about the project. */
export interface Known {
  readonly selectors: Selectors;
  /** Names of the scrape jobs of the stack. */
  readonly jobs: readonly string[];
  /** Names of the rule files of the same import. */
  readonly rules: readonly string[];
}
