import type { Construct } from 'constructs';
import type { Wiring } from '../model/wiring.js';
import { api } from './api.js';
import { type PodOptions, podTemplate } from './pod-template.js';

export interface CronJobOptions extends PodOptions {
  /** The maximum duration of a run. */
  readonly seconds: number;
  /** When it runs. @default - only when somebody creates a Job from the CronJob */
  readonly schedule?: string;
  /** How many pods are started after one that fails. @default 0 */
  readonly retries?: number;
}

/** A Job that runs on a schedule, or only when somebody creates one from this CronJob. */
export const cronJob = (
  scope: Construct,
  wiring: Wiring,
  key: string,
  name: string,
  { seconds, schedule, retries = 0, ...options }: CronJobOptions,
): void => {
  const self = wiring.workloads[key];
  if (!self) throw new Error(`The component has no workload '${key}'.`);
  const { namespace, labels } = self.identity;
  new api.KubeCronJob(scope, `${name}-job`, {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      suspend: schedule === undefined,
      // Required, and without effect while it is suspended.
      schedule: schedule ?? '0 0 1 1 *',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: kept,
      failedJobsHistoryLimit: kept,
      jobTemplate: {
        metadata: { labels: { ...labels } },
        spec: {
          backoffLimit: retries,
          activeDeadlineSeconds: seconds,
          ttlSecondsAfterFinished: keptSeconds,
          template: podTemplate(wiring, self, { ...options, kind: 'CronJob' }),
        },
      },
    },
  });
};

/** How many finished Jobs of each kind are kept, and for how long. */
const kept = 5;
const keptSeconds = 7 * 24 * 60 * 60;
