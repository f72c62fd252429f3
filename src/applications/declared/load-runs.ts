import { cronJobName, scenariosOf } from '../../components/k6/k6.js';
import { runOf } from '../../components/k6/scenario.js';
import type { LoadTest } from '../../config/load-test.js';
import { plural } from '../../model/plural.js';

/** What a scenario of a load test does, as texts. */
export interface LoadRun {
  readonly application: string;
  readonly scenario: string;
  readonly cronJob: string;
  readonly load: string;
  readonly minutes: number;
  readonly thresholds: readonly string[];
}

/** The scenarios of a load test, from the lightest to the longest. */
export const loadRunsOf = (test: LoadTest, stack: string): LoadRun[] =>
  scenariosOf(test).map((scenario) => {
    const { peak, perSecond, seconds, thresholds } = runOf(test, scenario);
    return {
      application: test.application,
      scenario,
      cronJob: cronJobName(stack, test.application, scenario),
      load: perSecond ? `${plural(peak, 'iteration')} per second` : plural(peak, 'virtual user'),
      minutes: Math.ceil(seconds / 60),
      thresholds: Object.entries(thresholds).flatMap(([metric, list]) =>
        list.map((one) => `${metric}: ${one.threshold}`),
      ),
    };
  });
