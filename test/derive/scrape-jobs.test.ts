import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { duplicateJobs, scrapeJobs } from '../../src/derive/scrape-jobs.js';
import { targetsOf } from '../../src/derive/targets.js';
import type { Authentication, ServerVerification } from '../../src/model/endpoint.js';
import { type MetricsOffer, metrics } from '../../src/model/offer.js';
import { connection } from './declare.js';

test('a job discovers its targets with their labels, and scrapes the page of each', () => {
  const endpoint = { port: 8080, offers: [metrics('/stats')] };
  const [job] = scrapeJobs([connection(endpoint)]);
  expect(job).toEqual({
    job_name: 'cart',
    scheme: 'http',
    metrics_path: '/stats',
    sample_limit: 50_000,
    body_size_limit: '20MB',
    ...targetsOf(connection(endpoint), 'itself'),
  });
});

test.each(['itself', 'node', 'cluster'] as const)(
  'series about %s have only its labels',
  (about) => {
    const endpoint = { port: 8080, offers: [metrics('/stats', { about })] };
    const [job] = scrapeJobs([connection(endpoint)]);
    expect(job).toMatchObject(targetsOf(connection(endpoint), about));
  },
);

describe('the requests to a target', () => {
  const ask = (authentication?: Authentication) =>
    scrapeJobs([connection({ port: 80, authentication, offers: [metrics()] })])[0]!;

  test.each<[string, Authentication | undefined, object]>([
    ['nothing', undefined, {}],
    [
      "the API server's token",
      { kind: 'token', grants: [] },
      {
        authorization: {
          type: 'Bearer',
          credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
        },
      },
    ],
    [
      'a token for an audience',
      { kind: 'token', audience: 'gateway', grants: [] },
      {
        authorization: {
          type: 'Bearer',
          credentials_file: '/var/run/secrets/crowsnest/tokens/gateway',
        },
      },
    ],
    [
      'a bearer token of a Secret',
      { kind: 'bearer', token: { secret: 'cart-token', key: 'token' } },
      {
        authorization: {
          type: 'Bearer',
          credentials_file: '/etc/crowsnest/secrets/cart-token/token',
        },
      },
    ],
    [
      'a name and a password of a Secret',
      { kind: 'basic', username: 'scraper', password: { secret: 'cart', key: 'password' } },
      {
        basic_auth: {
          username: 'scraper',
          password_file: '/etc/crowsnest/secrets/cart/password',
        },
      },
    ],
    [
      'nothing, if the protocol of the endpoint uses the secret',
      { kind: 'secret', secret: { secret: 'cart', key: 'url' } },
      {},
    ],
  ])('authenticate with %s', (_, authentication, expected) => {
    expect(ask(authentication)).toEqual({ ...ask(), ...expected });
  });

  const tls = (scheme?: 'http' | 'https', verification?: ServerVerification) => {
    const [job] = scrapeJobs([connection({ port: 80, scheme, verification, offers: [metrics()] })]);
    return [job?.scheme, job?.tls_config];
  };
  const ca_file = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

  test.each<[string, ServerVerification | undefined, object | undefined]>([
    ["the cluster's certificate authority", undefined, { ca_file }],
    [
      "the cluster's certificate authority and another name",
      { kind: 'cluster-ca', serverName: 'kubernetes' },
      { ca_file, server_name: 'kubernetes' },
    ],
    ['the public certificate authorities', { kind: 'public-ca' }, undefined],
    [
      'nothing, for a reason',
      { kind: 'unverified', reason: 'signs itself' },
      { insecure_skip_verify: true },
    ],
  ])('verify an https target by %s', (_, verification, expected) => {
    expect(tls('https', verification)).toEqual(['https', expected]);
  });

  test.each([undefined, 'http'] as const)('use no TLS for the scheme %s', (scheme) => {
    expect(tls(scheme)).toEqual(['http', undefined]);
  });
});

describe('the settings of a page', () => {
  const job = (path: string, settings: Omit<MetricsOffer, 'capability' | 'path'> = {}) =>
    scrapeJobs([connection({ port: 80, offers: [metrics(path, settings)] })])[0]!;
  const plain = job('/metrics');

  test('include the name of the party as the name of the job', () => {
    expect(plain.job_name).toBe('cart');
  });

  test.each<[Omit<MetricsOffer, 'capability' | 'path'>, object]>([
    [{ job: 'cart-web' }, { job_name: 'cart-web' }],
    [{ interval: '5m' }, { scrape_interval: '5m' }],
    [{ honorTimestamps: false }, { honor_timestamps: false }],
    [{ honorTimestamps: true }, {}],
    [{ sampleLimit: 7 }, { sample_limit: 7, body_size_limit: '1MB' }],
    [
      { nativeHistograms: true },
      { scrape_native_histograms: true, always_scrape_classic_histograms: true },
    ],
    [{ honorLabels: true }, { honor_labels: true }],
    [{ honorLabels: false }, {}],
    [{ nameEscaping: 'underscores' }, { metric_name_escaping_scheme: 'underscores' }],
    [
      { sampleRelabel: [{ regex: 'id', action: 'labeldrop' }] },
      { metric_relabel_configs: [{ regex: 'id', action: 'labeldrop' }] },
    ],
    [
      { labels: { shop: 'north', price: '5$' } },
      {
        relabel_configs: [
          ...plain.relabel_configs!,
          { target_label: 'shop', replacement: 'north' },
          { target_label: 'price', replacement: '5$$' },
        ],
      },
    ],
    [{ query: { module: 'http' } }, { params: { module: ['http'] } }],
  ])('%j', (settings, expected) => {
    expect(job('/metrics', settings)).toEqual({ ...plain, ...expected });
  });

  test('include the path as declared', () => {
    expect(job('/a/b').metrics_path).toBe('/a/b');
  });
});

describe('the list of jobs', () => {
  const page = (provider: string, job?: string, consumer?: string) =>
    connection({ port: 80, offers: [metrics('/metrics', { job })] }, { provider, consumer });

  test('is in the order of the names, and leaves out other capabilities', () => {
    const jobs = scrapeJobs([
      page('b'),
      page('c', 'a'),
      connection({ port: 53, offers: [{ capability: 'dns' }] }),
    ]);
    expect(jobs.map(({ job_name }) => job_name)).toEqual(['a', 'b']);
  });

  test('rejects two pages with the same name', () => {
    expect(stringify(duplicateJobs([page('cart'), page('shop', 'cart')]))).toMatchInlineSnapshot(`
      "- code: connections/duplicate-job
        severity: error
        message: Two metrics pages have the scrape job 'cart'.
        why: Prometheus does not start with such a configuration.
        remedy: "Give one of them its own job: metrics('/metrics', { job: '…' })."
        place:
          path: shop.endpoints.web
        value: /metrics
      "
    `);
  });

  test('can have the same page as the list of another scraper', () => {
    expect(duplicateJobs([page('cart'), page('cart', undefined, 'other')])).toEqual([]);
  });
});
