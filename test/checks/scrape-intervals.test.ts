import { expect, test } from 'vitest';
import check from '../../src/checks/queries/scrape-intervals.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { metrics } from '../../src/model/offer.js';
import { build, minimal, noContent } from '../environment.js';
import { inputOf } from './input.js';

const found = (options: Partial<EnvironmentOptions>) =>
  check.run(inputOf(build({ ...minimal, ...options }, noContent))).map((one) => {
    const { severity, place, message } = one as typeof one & { severity?: string };
    expect(severity).toBe('warning');
    return `${place.path?.replace("data['prometheus.yml']: ", '')} ${message}`;
  });

const party = (interval: string): Partial<EnvironmentOptions> => ({
  parties: [
    {
      name: 'shop',
      workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
      endpoints: { web: { port: 8080, offers: [metrics('/metrics', { interval })] } },
      consumes: [],
    },
  ],
});

const native = (scrape_interval: string): Partial<EnvironmentOptions> => ({
  prometheus: {
    scrapeConfigs: [
      {
        config: { job_name: 'db', scrape_interval, static_configs: [{ targets: ['192.0.2.1:1'] }] },
      },
    ],
  },
});

const probed = (interval: string): Partial<EnvironmentOptions> => ({
  blackboxExporter: { probes: [{ url: 'https://shop.example.com/', interval }] },
});

test.each<[string, Partial<EnvironmentOptions>]>([
  ['the default', {}],
  ['two minutes', { prometheus: { scrapeInterval: '2m' } }],
  ['half of the time that queries look back', { prometheus: { scrapeInterval: '150s' } }],
  ['two minutes of a party', party('2m')],
  ['two minutes of a native job', native('120s')],
  ['two minutes of a page', probed('2m')],
])('%s is often enough', (_, options) => {
  expect(found(options)).toEqual([]);
});

test.each<[string, Partial<EnvironmentOptions>, RegExp]>([
  [
    'all jobs',
    { prometheus: { scrapeInterval: '3m' } },
    /^global\.scrape_interval .* every 3m: .* after one failed scrape\.$/,
  ],
  [
    'a party',
    party('10m'),
    /^scrape_configs\[\d+\]\.scrape_interval The job 'shop' .* between two scrapes\.$/,
  ],
  [
    'a native job',
    native('1h'),
    /^scrape_configs\[\d+\]\.scrape_interval The job 'db' .* between two scrapes\.$/,
  ],
  [
    'a page',
    probed('10m'),
    /^scrape_configs\[\d+\]\.static_configs The job 'probe' has targets .* every 10m/,
  ],
])('longer intervals of %s are one warning', (_, options, expected) => {
  const [first, ...others] = found(options);
  expect(first).toMatch(expected);
  expect(others).toEqual([]);
});
