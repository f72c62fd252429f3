import type { Construct } from 'constructs';
import type { Wiring } from '../model/wiring.js';
import { api } from './api.js';
import { type PodOptions, podTemplate } from './pod-template.js';

export interface SuspendedJobOptions extends PodOptions {
  /** The maximum duration of a run. */
  readonly seconds: number;
}

/**
 * A Job that runs only when somebody creates one from this CronJob. It runs once: a pod that fails is not started
 * again.
 */
export const suspendedJob = (
  scope: Construct,
  wiring: Wiring,
  key: string,
  name: string,
  { seconds, ...options }: SuspendedJobOptions,
): void => {
  const self = wiring.workloads[key];
  if (!self) throw new Error(`The component has no workload '${key}'.`);
  const { namespace, labels } = self.identity;
  new api.KubeCronJob(scope, `${name}-job`, {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      suspend: true,
      // Required, and without effect while it is suspended.
      schedule: '0 0 1 1 *',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: kept,
      failedJobsHistoryLimit: kept,
      jobTemplate: {
        metadata: { labels: { ...labels } },
        spec: {
          backoffLimit: 0,
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
