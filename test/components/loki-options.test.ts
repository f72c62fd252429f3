import { describe, expect, test } from 'vitest';
import { isUnbounded } from '../../src/components/loki/labels.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { build, minimal, withFewComponents } from '../environment.js';

type Options = NonNullable<EnvironmentOptions['loki']>;

const findingsOf = (loki: Options) =>
  build({
    ...minimal,
    ...withFewComponents,
    logAgent: { enabled: true },
    loki: { enabled: true, ...loki },
  }).findings;

describe('the volume', () => {
  test('is compared with the expected rate and the retention', () => {
    // 100 lines × 100 bytes × 7 days, and 15 % that must stay free.
    expect(findingsOf({ volume: '7Gi' })).toEqual([]);
    expect(findingsOf({ volume: '6Gi' })).toMatchObject([
      {
        code: 'config/small-volume',
        severity: 'warning',
        place: { path: 'loki.volume' },
        value: '6Gi',
        message: '100 lines per second for 7d need about 7Gi, at 100 bytes each.',
      },
    ]);
    expect(findingsOf({ volume: '6Gi', linesPerSecond: 50 })).toEqual([]);
    expect(findingsOf({ volume: '6Gi', retention: '5d' })).toEqual([]);
  });

  test('needs room for what arrives until Loki notices that it is nearly full', () => {
    const linesPerSecond = 1;
    expect(findingsOf({ volume: '2Gi', linesPerSecond })).toEqual([]);
    expect(findingsOf({ volume: '1Gi', linesPerSecond })).toMatchObject([
      { code: 'config/invalid-value', place: { path: 'loki.volume' }, value: '1Gi' },
    ]);
    expect(
      findingsOf({ volume: '2Gi', linesPerSecond, ingestionRate: '32Mi', ingestionBurst: '32Mi' }),
    ).toMatchObject([{ remedy: expect.stringContaining("'5Gi'") }]);
  });

  test.each(['small', 'medium', 'large'] as const)('of size %s fits the defaults', (size) => {
    expect(
      build({ ...minimal, size, logAgent: { enabled: true }, loki: { enabled: true } }).findings,
    ).toEqual([]);
  });
});

test('a burst below the rate is rejected', () => {
  expect(findingsOf({ ingestionBurst: '2Mi' })).toMatchObject([
    { code: 'config/invalid-value', place: { path: 'loki.ingestionBurst' }, value: '2Mi' },
  ]);
});

test.each(['1d', '24h', '30d', '100h'])('a retention of %s is accepted', (retention) => {
  expect(findingsOf({ retention, volume: '40Gi' })).toEqual([]);
});

describe('a label', () => {
  test('with a value for each request is rejected', () => {
    const labels = ['k8s.namespace.name', 'trace_id'];
    expect(findingsOf({ labels })).toMatchObject([
      { code: 'config/unbounded-label', place: { path: 'loki.labels[1]' }, value: 'trace_id' },
    ]);
  });

  test.each([
    ...['trace_id', 'traceId', 'span.id', 'http.request.id', 'x-request-id', 'user.id', 'user_id'],
    ...['enduser.id', 'session.id', 'k8s.pod.uid', 'process.pid', 'container.id', 'client.address'],
    ...['url.path', 'url.query', 'service.instance.id', 'correlation-id', 'host.id'],
  ])('of %s is unbounded', (attribute) => {
    expect(isUnbounded(attribute)).toBe(true);
  });

  test.each([
    ...['service.name', 'service.namespace', 'k8s.namespace.name', 'k8s.pod.name', 'cluster'],
    ...['k8s.container.name', 'k8s.node.name', 'deployment.environment.name', 'team', 'tenant'],
    ...['cloud.region', 'host.name', 'k8s.deployment.name', 'severity', 'app.kubernetes.io/name'],
  ])('of %s is not', (attribute) => {
    expect(isUnbounded(attribute)).toBe(false);
  });
});

describe('native configuration', () => {
  const faultsOf = (config: object) =>
    validate({ ...minimal, loki: { enabled: true, config } }, 'test', 'test.ts').findings.map(
      ({ place, remedy, suggestion }) =>
        [place.path?.replace('loki.config.', ''), suggestion ?? remedy].join(' | '),
    );

  test.each<[object, string]>([
    [{ limits_confg: {} }, 'limits_confg | limits_config'],
    [{ limits_config: { volume_enable: true } }, 'limits_config.volume_enable | volume_enabled'],
    [
      { limits_config: { max_query_serie: 5 } },
      'limits_config.max_query_serie | Remove it: use the option loki.limits.querySeries: 5.',
    ],
    [{ querier: { max_concurrent: 'eight' } }, 'querier.max_concurrent | Set it to a number.'],
    [
      { ingester: { chunk_idle_period: 'long' } },
      "ingester.chunk_idle_period | Set it to a duration such as '30s', '5m' or '24h'.",
    ],
    [
      { limits_config: { retention_period: '24h' } },
      "limits_config.retention_period | Remove it: use the option loki.retention: '24h'.",
    ],
    [
      { limits_config: { ingestion_rate_mb: 20 } },
      "limits_config.ingestion_rate_mb | Remove it: use the option loki.ingestionRate: '20Mi'.",
    ],
    [
      { limits_config: { max_line_size: '512KB' } },
      "limits_config.max_line_size | Remove it: use the option loki.limits.lineSize: '512Ki'.",
    ],
    [
      { limits_config: { max_query_series: 900 } },
      'limits_config.max_query_series | Remove it: use the option loki.limits.querySeries: 900.',
    ],
    [
      { querier: { query_timeout: '3m' } },
      "querier.query_timeout | Remove it: use the option loki.limits.queryTimeout: '3m'.",
    ],
    [
      { table_manager: { retention_period: '7d' } },
      'table_manager | Remove it: Loki 3 does not have it, use the option loki.retention.',
    ],
    [
      { chunk_store_config: { max_look_back_period: '7d' } },
      "chunk_store_config.max_look_back_period | Remove it: Loki 3 does not have it, use the option loki.retention: '7d'.",
    ],
    [
      { compactor: { shared_store: 's3' } },
      'compactor.shared_store | Remove it: Loki 3 does not have it, and Crowsnest sets where lines are stored.',
    ],
    [
      { ingester: { max_transfer_retries: 0 } },
      'ingester.max_transfer_retries | Remove it: Loki 3 does not have it: its write-ahead log keeps lines over a restart.',
    ],
    [
      { limits_config: { xxxxxxxxxxxx: 1 } },
      'limits_config.xxxxxxxxxxxx | Use one of its 88 fields, or remove it.',
    ],
    [{ auth_enabled: true }, 'auth_enabled | Remove it: Crowsnest sets it.'],
    [
      { storage_config: { aws: { s3: 's3://key:secret@region/bucket' } } },
      'storage_config | Remove it: use the option bucket.',
    ],
    [
      { frontend: { downstream_url: 'http://elsewhere' } },
      'frontend.downstream_url | Remove it: Crowsnest sets where Loki listens and stores its data.',
    ],
    [
      { ingester: { wal: { enabled: false } } },
      'ingester.wal | Remove it: Crowsnest sets it, so that no accepted line is lost.',
    ],
  ])('%j is rejected: %s', (config, expected) => {
    expect(faultsOf(config)).toEqual([expected]);
  });

  test('lists only what is accepted', () => {
    const [finding] = validate(
      { ...minimal, loki: { enabled: true, config: { server: { x: 1 }, xxxxxxxxx: {} } } as never },
      'test',
      'test.ts',
    ).findings.map(({ remedy }) => remedy);
    expect(finding).toContain('http_server_read_timeout');
    expect(finding).not.toContain('http_listen_port');
  });

  test('of further sections is accepted', () => {
    const config = {
      server: { log_level: 'warn' },
      query_range: {
        cache_results: true,
        results_cache: { cache: { embedded_cache: { enabled: true } } },
      },
      limits_config: { retention_stream: [{ selector: '{a="b"}', priority: 1, period: '24h' }] },
      compactor: { compaction_interval: '5m' },
    };
    expect(faultsOf(config)).toEqual([]);
  });
});

describe('retention of some streams', () => {
  const shop = '{k8s_namespace_name="shop"}';
  const findings = (selector: unknown, period: unknown = '24h') =>
    findingsOf({
      config: { limits_config: { retention_stream: [{ selector, priority: 1, period }] } },
    });

  test.each([
    [shop, '24h'],
    [shop, '1d'],
    ['{a=~".+", b!="c"}', '1w'],
  ])('%s for %s is accepted', (selector, period) => {
    expect(findings(selector, period)).toEqual([]);
  });

  // Loki rejects each of these with -verify-config.
  test.each([
    ['{a="b"', '24h', 'selector'],
    ['{}', '24h', 'selector'],
    ['{a=~".*"}', '24h', 'selector'],
    ['{a="b"} |= "c"', '24h', 'selector'],
    [shop, '1h', 'period'],
    [shop, '23h', 'period'],
    [shop, '90000', 'period'],
    [shop, '30m24h', 'period'],
  ])('%s for %s is rejected at its %s', (selector, period, field) => {
    expect(findings(selector, period)).toMatchObject([
      {
        code: 'config/invalid-value',
        place: { path: `loki.config.limits_config.retention_stream[0].${field}` },
      },
    ]);
  });
});
