import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { probeJobs } from '../../src/derive/probe-jobs.js';
import type { ServerVerification } from '../../src/model/endpoint.js';
import { health, offer } from '../../src/model/offer.js';
import type { Outgoing } from '../../src/model/wiring.js';
import { connection } from './declare.js';

/** The connection of Prometheus to a prober. */
const prober = (
  name = 'prober',
  url: string | undefined = `http://${name}:9115/probe`,
): Outgoing => ({
  ...connection({ port: 9115, offers: [offer('probes', { path: '/probe' })] }, { provider: name }),
  url,
});

/** The connection of a prober to a page. */
const page = (
  name: string,
  {
    of = 'prober',
    url = `http://${name}:80/ready`,
    scheme,
    verification,
  }: {
    of?: string;
    url?: string | null;
    scheme?: 'https';
    verification?: ServerVerification;
  } = {},
): Outgoing => ({
  ...connection(
    { port: 80, scheme, verification, offers: [health('/live', { ready: '/ready' })] },
    { provider: name, consumer: of },
  ),
  url: url ?? undefined,
});

const targetsIn = (jobs: ReturnType<typeof probeJobs>) =>
  jobs.map(({ job_name, static_configs = [] }) => [
    job_name,
    ...static_configs.flatMap(({ targets }) => targets),
  ]);

test('a job probes each page through the prober, with the page as the instance', () => {
  expect(stringify(probeJobs([prober()], [page('cart'), page('shop')]))).toMatchInlineSnapshot(`
    "- job_name: probe
      scheme: http
      metrics_path: /probe
      params:
        module:
          - http_200
      sample_limit: 500
      body_size_limit: 1MB
      static_configs:
        - targets:
            - http://cart:80/ready
          labels:
            service: cart
        - targets:
            - http://shop:80/ready
          labels:
            service: shop
      relabel_configs:
        - source_labels:
            - __address__
          target_label: __param_target
        - source_labels:
            - __param_target
          target_label: instance
        - target_label: __address__
          replacement: prober:9115
    "
  `);
});

describe('a page', () => {
  test('without a URL is left out', () => {
    const all = [page('cart'), page('shop', { url: null })];
    expect(targetsIn(probeJobs([prober()], all))).toEqual([['probe', 'http://cart:80/ready']]);
  });

  test('of another prober is left to that prober', () => {
    const all = [page('cart'), page('shop', { of: 'other' })];
    expect(targetsIn(probeJobs([prober()], all))).toEqual([['probe', 'http://cart:80/ready']]);
  });

  test('of a server that cannot be verified is in a separate job', () => {
    const verification = { kind: 'unverified', reason: 'signs itself' } as const;
    const all = [
      page('cart'),
      page('shop', { url: 'https://shop/ready', scheme: 'https', verification }),
    ];
    const jobs = probeJobs([prober()], all);
    expect(targetsIn(jobs)).toEqual([
      ['probe', 'http://cart:80/ready'],
      ['probe-unverified', 'https://shop/ready'],
    ]);
    expect(jobs.map(({ params }) => params?.module)).toEqual([
      ['http_200'],
      ['http_200_unverified'],
    ]);
  });
});

test('without pages there is no job', () => {
  expect(probeJobs([prober()], [])).toEqual([]);
});

test('without a prober there is no job', () => {
  expect(probeJobs([], [page('cart')])).toEqual([]);
});

test('a prober without a URL is not used', () => {
  expect(probeJobs([{ ...prober(), url: undefined }], [page('cart')])).toEqual([]);
});
