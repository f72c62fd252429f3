import { expect, test } from 'vitest';
import { application } from '../../src/applications/declared/application.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { filesOf } from '../../src/synthesize.js';
import { projectWith } from '../applications/project.js';
import { minimal } from '../environment.js';

const orders = application({
  name: 'orders',
  namespace: 'shop',
  labels: { app: 'orders' },
  metrics: { port: 9464 },
  health: { port: 8080, live: '/live' },
  objectives: [
    availability(99.9),
    latency(99, '250ms', { period: '7d' }),
    availability(95, { name: 'pages', of: 'probes', page: false }),
    availability(99, {
      name: 'jobs',
      of: { errors: ['failed_total', 'lost_total{a="b|c"}'], total: 'jobs_total' },
    }),
    latency(90, '1s', { name: 'work', of: { histogram: 'work_seconds' }, buckets: [1] }),
  ],
});

const tableOf = async (options: Partial<EnvironmentOptions>): Promise<string[]> => {
  const { stacks, inputs } = await projectWith({
    'environments/test.ts': { ...minimal, ...options },
    'applications/orders.ts': orders,
  });
  const readme = filesOf(stacks, inputs).test!['README.md']!;
  const [, section = ''] = readme.split('\n### Objectives\n');
  return section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| orders'));
};

test('the README has the objectives, with the period that the retention allows', async () => {
  expect(await tableOf({ prometheus: { retention: '15d' } })).toEqual([
    '| orders | availability | 99.9 % | opentelemetry | 14d | critical and warning |',
    '| orders | latency-250ms | 99 % within 250ms | opentelemetry | 7d | critical and warning |',
    '| orders | pages | 95 % | probes | 14d | warning |',
    '| orders | jobs | 99 % | `failed_total` + `lost_total{a="b\\|c"}` of `jobs_total` | 14d | critical and warning |',
    '| orders | work | 90 % within 1s | `work_seconds` | 14d | critical and warning |',
  ]);
});

test('those that the environment does not measure are left out', async () => {
  const withoutProbes = await tableOf({ blackboxExporter: { enabled: false } });
  expect(withoutProbes).toHaveLength(4);
  expect(withoutProbes.join()).not.toContain('pages');
  expect(await tableOf({ prometheus: { enabled: false }, grafana: { enabled: false } })).toEqual(
    [],
  );
});
