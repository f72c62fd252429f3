import {
  type ApplicationOptions,
  application,
} from '../../src/applications/declared/application.js';
import type { CheckedProject } from '../../src/check-project.js';
import { scriptFormat } from '../../src/components/k6/script.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

export type LoadTest = NonNullable<ApplicationOptions['loadTest']>;

export const requests: LoadTest['requests'] = [
  { path: '/orders?page=1' },
  {
    method: 'POST',
    path: '/orders',
    headers: { Authorization: { secret: 'load', key: 'token', prefix: 'Bearer ' } },
    body: { item: 1, password: { secret: 'load', key: 'password' } },
    status: 201,
  },
];

/** An application with a load test. */
export const orders = (loadTest: LoadTest, more: Partial<ApplicationOptions> = {}) =>
  application({
    name: 'orders',
    namespace: 'shop',
    labels: { app: 'orders' },
    health: { port: 8080, ready: '/ready', service: { name: 'web', port: 80 } },
    loadTest,
    ...more,
  });

/** A project with this application and objectives of it. */
export const projectOf = (
  loadTest: LoadTest,
  options: Partial<EnvironmentOptions> = {},
  more: Readonly<Record<string, unknown>> = {},
) =>
  projectWith({
    'environments/test.ts': { ...minimal, ...options },
    'applications/orders.ts': orders(loadTest, {
      metrics: { port: 9464 },
      objectives: [availability(99.9), latency(99, '250ms')],
    }),
    ...more,
  });

export const objectsOf = (project: CheckedProject): readonly KubernetesObject[] =>
  project.stacks[0]!.manifests.map(({ object }) => object);

/** What the script of a scenario tests. */
export const scriptOf = (objects: readonly KubernetesObject[], scenario: string) =>
  scriptFormat.read(
    objects.find(({ metadata }) => metadata.name === 'crowsnest-k6-orders-scripts')!.data[
      `${scenario}.js`
    ],
    // biome-ignore lint/suspicious/noExplicitAny: only some fields are asserted
  ) as any;

/** The container of the CronJob of a scenario. */
export const containerOf = (objects: readonly KubernetesObject[], scenario: string) =>
  objects.find(
    ({ kind, metadata }) =>
      kind === 'CronJob' && metadata.name === `crowsnest-k6-orders-${scenario}`,
  )!.spec.jobTemplate.spec.template.spec.containers[0];
