import type { LoadScenario, LoadTest, ScenarioName } from '../../config/load-test.js';
import { milliseconds } from '../../schema/k6/duration.js';

/** The usual load of a scenario, times `factor`, or exactly `peak`; the times are those of its stages. */
interface Preset {
  readonly factor?: number;
  readonly peak?: number;
  readonly rampUp: string;
  readonly duration: string;
  readonly rampDown: string;
}

/**
 * The scenarios by default: a minimal load, the usual one, more than usual, a sudden multiple, and the usual one for
 * long. https://grafana.com/docs/k6/latest/testing-guides/test-types/
 */
export const presets: Readonly<Record<ScenarioName, Preset>> = {
  smoke: { peak: 1, rampUp: '0', duration: '1m', rampDown: '0' },
  load: { factor: 1, rampUp: '2m', duration: '10m', rampDown: '1m' },
  stress: { factor: 2, rampUp: '5m', duration: '10m', rampDown: '2m' },
  spike: { factor: 10, rampUp: '30s', duration: '1m', rampDown: '30s' },
  soak: { factor: 1, rampUp: '5m', duration: '4h', rampDown: '2m' },
};

/** What one run does, in the words of k6. */
export interface Run {
  readonly scenario: object;
  /** The largest number of virtual users, or of iterations per second. */
  readonly peak: number;
  /** The largest number of virtual users. */
  readonly users: number;
  readonly perSecond: boolean;
  readonly thinkSeconds: number;
  /** How long its stages take. */
  readonly seconds: number;
  readonly thresholds: LoadTest['thresholds'];
}

const usualUsers = 10;

/** The parts of a load test that say how large it is. */
export type Load = Pick<
  LoadTest,
  'scenarios' | 'thinkTime' | 'virtualUsers' | 'arrivalRate' | 'thresholds'
>;

/** What a scenario of a load test does. */
export const runOf = (test: Load, name: ScenarioName): Run => {
  const own: LoadScenario = test.scenarios[name] ?? {};
  const preset = presets[name];
  const stages = own.stages ?? stagesOf({ ...preset, ...stated(own) }, peakOf(test, name));
  const perSecond = isByRate(test, own);
  const think = own.thinkTime ?? test.thinkTime ?? (perSecond ? '0' : '1s');
  // Without a ramp, the load is at its maximum at once.
  const start = own.stages || seconds(own.rampUp ?? preset.rampUp) > 0 ? 0 : stages[0]!.target;
  const peak = Math.max(...stages.map(({ target }) => target), 1);
  const users = perSecond ? (own.maxVirtualUsers ?? 5 * peak) : peak;
  return {
    peak,
    users,
    perSecond,
    scenario: perSecond
      ? {
          executor: 'ramping-arrival-rate',
          startRate: start,
          timeUnit: '1s',
          preAllocatedVUs: Math.min(peak, users),
          maxVUs: users,
          stages,
        }
      : { executor: 'ramping-vus', startVUs: start, stages },
    thinkSeconds: seconds(think),
    seconds: stages.reduce((sum, { duration }) => sum + seconds(duration), 0),
    thresholds: { ...test.thresholds, ...own.thresholds },
  };
};

/** Whether iterations start at a rate: as the scenario states, or the load test. */
const isByRate = (test: Load, own: LoadScenario): boolean =>
  own.arrivalRate !== undefined ||
  (own.virtualUsers === undefined && test.arrivalRate !== undefined);

const peakOf = (test: Load, name: ScenarioName): number => {
  const { peak, factor = 1 } = presets[name];
  const { virtualUsers, arrivalRate } = test.scenarios[name] ?? {};
  return (
    virtualUsers ??
    arrivalRate ??
    peak ??
    factor * (test.arrivalRate ?? test.virtualUsers ?? usualUsers)
  );
};

const stagesOf = ({ rampUp, duration, rampDown }: Preset, peak: number) => [
  ...(seconds(rampUp) > 0 ? [{ duration: rampUp, target: peak }] : []),
  { duration, target: peak },
  ...(seconds(rampDown) > 0 ? [{ duration: rampDown, target: 0 }] : []),
];

/** The options that are not undefined. */
const stated = <T extends object>(options: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

const seconds = (duration: string): number => (milliseconds(duration) ?? 0) / 1000;
