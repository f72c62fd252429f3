/**
 * Writes src/schema/data/loki.ts: the fields of the sections of Loki's configuration that an environment can set, with
 * the kinds of their values, from the configuration that a Loki prints. No package registry has Loki: it is the one in
 * `LOKI` or on the path.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { imageRelease } from '../../test/engines/release.js';
import { findLoki, howToSupplyLoki } from '../../test/live/loki-installation.js';

/** Sections of a Loki that is one process. The others connect to something, or are about several processes. */
const sections = [
  ...['server', 'distributor', 'ingester_client', 'ingester', 'querier', 'query_scheduler'],
  ...['frontend', 'frontend_worker', 'query_range', 'limits_config', 'compactor'],
  ...['chunk_store_config', 'pattern_ingester'],
];

// Fields about other processes, or with a credential: Loki is one process with its data on a volume.
const outside =
  /^(_|memcached\w*|redis|kvstore|ring|ruler_\w+|s3_\w+|dataobj_tee|.*_ring|lifecycler|\w*tls_\w+|.*password|remote_write|kafka\w*|.*grpc_client\w*)$/;

/** Fields that Loki prints only if they are set. */
const unset: Readonly<Record<string, unknown>> = {
  limits_config: { retention_stream: 'list', otlp_config: 'map', shard_streams: 'map' },
};

const kindOf = (value: unknown): unknown => {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'number';
  if (value === null) return 'any';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') {
    const known = Object.entries(value).filter(([name]) => !outside.test(name));
    return Object.keys(value).length === 0
      ? 'map'
      : Object.fromEntries(known.map(([name, one]) => [name, kindOf(one)]));
  }
  const text = String(value);
  if (/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w|y))+$/.test(text)) return 'duration';
  if (/^\d+(\.\d+)?[KMGT]?B$/.test(text)) return 'size';
  return 'text';
};

const loki = findLoki();
if (!loki) throw new Error(howToSupplyLoki);
const release = imageRelease('loki');
if (![release, ''].includes(loki.version))
  throw new Error(`This is Loki ${loki.version}, and ${release} ships.`);
const folder = mkdtempSync(join(tmpdir(), 'loki-'));
const file = join(folder, 'config.yaml');
writeFileSync(
  file,
  `common: { path_prefix: ${folder} }
schema_config:
  configs:
    - from: '2024-01-01'
      store: tsdb
      object_store: filesystem
      schema: v13
      index: { prefix: index_, period: 24h }
`,
);
const { stderr } = spawnSync(
  loki.binary,
  [`-config.file=${file}`, '-print-config-stderr', '-verify-config'],
  { encoding: 'utf8', maxBuffer: 16 * 1024 ** 2 },
);
rmSync(folder, { recursive: true });
const printed = parse(stderr.split(/^level=/m)[0] ?? '');
const lines = sections.map((name) => {
  const fields = { ...(kindOf(printed[name]) as object), ...(unset[name] as object) };
  return `${JSON.stringify(name)}:${JSON.stringify(fields)}`;
});
writeFileSync(
  fileURLToPath(new URL('../../src/schema/data/loki.ts', import.meta.url)),
  `// By npx tsx tools/schema/loki-schema.ts, from Loki ${release}.\nexport default {\n${lines.join(',\n')}\n} as const;\n`,
);
