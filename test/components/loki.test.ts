import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import { bucketParty } from '../../src/components/loki/bucket-party.js';
import { limits } from '../../src/components/loki/limits.js';
import { type LokiOptions, loki } from '../../src/components/loki/loki.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import options from './options/loki.js';
import { synthesize } from './synthesis.js';

const { small } = sizings;
const least: LokiOptions = {
  size: small.loki,
  retention: small.loki.retention,
  labels: ['k8s.namespace.name'],
  limits: limits.parse({}),
};
type Alternatives = 'native' | 'bucket' | 'readmeSections';
const all: Whole<Omit<LokiOptions, Alternatives>> & Pick<LokiOptions, Alternatives> = {
  size: {
    cpu: options.cpu,
    memory: options.memory,
    memoryLimit: options.memoryLimit,
    volume: options.volume,
    ingestionRate: options.ingestionRate,
    ingestionBurst: options.ingestionBurst,
    streams: options.streams,
  },
  claimTemplate: options.claimTemplate,
  retention: options.retention,
  labels: options.labels,
  limits: options.limits,
  bucket: options.bucket,
  native: options.config,
};

test.each<[string, LokiOptions]>([
  ['default', least],
  ['all', all],
])('the manifests of loki match the snapshot: %s', async (name, one) => {
  const servers = one.bucket ? [bucketParty(one.bucket, minimal.cluster)] : [];
  const { review } = synthesize(loki(one), minimal, servers);
  await expect(review).toMatchFileSnapshot(`./snapshots/loki-${name}.yaml`);
});

const withLoki = {
  ...minimal,
  logAgent: { enabled: true },
  loki: { enabled: true },
} satisfies EnvironmentOptions;
const stack = build(withLoki);
const name = 'ConfigMap crowsnest/crowsnest-loki-config';
const fileOf = (of: typeof stack): Mutable =>
  parse(manifestOf(of, name).object.data['config.yaml']);

describe('connections', () => {
  test('Grafana has it as a data source, with links between lines and traces', () => {
    const text = manifestOf(stack, 'ConfigMap crowsnest/crowsnest-grafana-config').object.data[
      'datasources.yaml'
    ];
    const sources: Mutable[] = parse(text).datasources;
    expect(sources.find(({ uid }) => uid === 'loki')).toMatchObject({
      type: 'loki',
      url: 'http://crowsnest-loki.crowsnest.svc:3100',
      jsonData: { derivedFields: [{ datasourceUid: 'jaeger' }] },
    });
    expect(sources.find(({ uid }) => uid === 'jaeger')!.jsonData.tracesToLogsV2).toMatchObject({
      datasourceUid: 'loki',
    });
  });

  test('without Jaeger, lines have no link', () => {
    const { jsonData } = parse(
      manifestOf(
        build({ ...withLoki, jaeger: { enabled: false } }),
        'ConfigMap crowsnest/crowsnest-grafana-config',
      ).object.data['datasources.yaml'],
    ).datasources.find(({ uid }: Mutable) => uid === 'loki');
    expect(jsonData).toEqual({});
  });

  test('it is off by default', () => {
    expect(build(minimal).manifests.map(({ object }) => object.metadata.name)).not.toContain(
      'crowsnest-loki',
    );
  });
});

describe('the configuration', () => {
  test('deletes what is older than the retention, which Loki does not by default', () => {
    const { compactor, limits_config } = fileOf(stack);
    expect(compactor).toMatchObject({
      retention_enabled: true,
      delete_request_store: 'filesystem',
    });
    expect(limits_config.retention_period).toBe('7d');
  });

  test('has everything that Loki writes on the volume', () => {
    const { common, ingester, compactor } = fileOf(stack);
    const { chunks_directory, rules_directory } = common.storage.filesystem;
    const folders = [common.path_prefix, chunks_directory, rules_directory, ingester.wal.dir];
    for (const folder of [...folders, compactor.working_directory])
      expect(folder).toMatch(/^\/loki(\/|$)/);
  });

  test('has native fields beside its own', () => {
    const file = fileOf(
      build({
        ...minimal,
        loki: {
          enabled: true,
          config: { ingester: { chunk_encoding: 'zstd' }, limits_config: { volume_max_series: 9 } },
        },
      }),
    );
    expect(file.ingester).toMatchObject({ chunk_encoding: 'zstd', wal: { enabled: true } });
    expect(file.limits_config).toMatchObject({ volume_max_series: 9, retention_period: '7d' });
  });

  test('is accepted as it is', () => {
    expect(stack.findings).toEqual([]);
    expect(configuration.run(inputOf(stack))).toEqual([]);
  });

  test.each([
    [/retention_enabled: true/, 'retention_enabled: false', 'compactor.retention_enabled'],
    [/\n +delete_request_store: .*/, '', 'compactor.delete_request_store'],
    [/enabled: true\n( +)dir/, 'enabled: false\n$1dir', 'ingester.wal.enabled'],
    [/disk_full_threshold: .*/, 'disk_full_threshold: 0', 'ingester.wal.disk_full_threshold'],
    [/instance_addr: .*/, 'instance_addr: 0.0.0.0', 'common.instance_addr'],
    [/store: inmemory/, 'store: memberlist', 'common.ring.kvstore.store'],
    [/reporting_enabled: false/, 'reporting_enabled: true', 'analytics.reporting_enabled'],
    [/schema: v13/, 'schema: v12', 'schema_config.configs[0].schema'],
    [/max_line_size: /, 'max_line_sizes: ', 'limits_config.max_line_sizes'],
    [/max_query_series: 500/, 'max_query_series: many', 'limits_config.max_query_series'],
    [/retention_period: 7d/, 'retention_period: week', 'limits_config.retention_period'],
  ])('is rejected after %s is %s, at %s', (from, to, path) => {
    const input = changed(stack, name, ({ data }) => {
      const text = data['config.yaml'].replace(from, to);
      if (text === data['config.yaml']) throw new Error(`There is no ${from}.`);
      data['config.yaml'] = text;
    });
    const found = configuration.run(input);
    expect(found.map(({ place }) => place.path?.replace('config.yaml: ', ''))).toEqual([path]);
    expect(found.map(({ severity }) => severity ?? 'error')).not.toContain('warning');
  });
});
