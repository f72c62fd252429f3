import { originOf } from '../config/origin.js';
import type { Finding } from '../model/finding.js';
import { sameValue } from '../model/memoize.js';
import { firstLineOf, isPromise } from '../model/unreadable.js';
import type { Content } from './content.js';
import { contentFinding } from './faults.js';

/** Calls functions of content; what they throw is a finding. */
export interface Attempts {
  readonly findings: readonly Finding[];
  /**
   * The result of `make` as JSON has it, the same object for the same JSON; `instead` if it cannot be
   * written.
   */
  readonly attempt: <T>(source: string, path: 'rules' | 'render', make: () => T, instead: T) => T;
}

/** Attempts with no finding yet. */
export const attempts = (sources: Content['sources']): Attempts => {
  const findings: Finding[] = [];
  return {
    findings,
    attempt: (source, path, make, instead) => {
      try {
        const made = make();
        if (isPromise(made)) throw new Error('it is asynchronous: remove async.');
        // It throws if the value contains itself or cannot be read.
        return asWritten(made);
      } catch (error) {
        const { file } = sources[source] ?? { file: source };
        findings.push(
          contentFinding({
            fault: path === 'rules' ? 'failing-rules' : 'failing-dashboard',
            place: { file, path, ...originOf(error) },
            message: `The function ${path} fails: ${firstLineOf(error)}`,
          }),
        );
        return instead;
      }
    },
  };
};

// Environments often have the same dashboards, and a later synth has most of those of an earlier one.
const asWritten = sameValue();
