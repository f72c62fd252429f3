import { quoted } from '../../schema/allowed.js';

/** How a native value is written as the value of an option; undefined if it is not valid. */
type Convert = (value: unknown) => string | number | undefined;

const same: Convert = (value) =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** Loki's units are powers of 1024. */
const bytes: Convert = (value) => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?$/i.exec(String(value)) ?? [];
  if (number === undefined) return undefined;
  return unit === '' ? number : `${number}${unit === 'k' ? 'K' : unit.toUpperCase()}i`;
};

const mebibytes: Convert = (value) => (typeof value === 'number' ? bytes(`${value}MB`) : undefined);

const none: Convert = () => undefined;

/** Options of `loki` for native fields. */
const options: Readonly<Record<string, readonly [option: string, convert: Convert]>> = {
  'limits_config.retention_period': ['retention', same],
  'limits_config.ingestion_rate_mb': ['ingestionRate', mebibytes],
  'limits_config.ingestion_burst_size_mb': ['ingestionBurst', mebibytes],
  'limits_config.max_global_streams_per_user': ['streams', same],
  'limits_config.per_stream_rate_limit': ['limits.streamRate', bytes],
  'limits_config.max_line_size': ['limits.lineSize', bytes],
  'limits_config.max_label_names_per_series': ['limits.labels', same],
  'limits_config.max_structured_metadata_size': ['limits.metadataSize', bytes],
  'limits_config.max_structured_metadata_entries_count': ['limits.metadataFields', same],
  'limits_config.reject_old_samples_max_age': ['limits.age', same],
  'limits_config.max_entries_limit_per_query': ['limits.queryLines', same],
  'limits_config.max_query_series': ['limits.querySeries', same],
  'limits_config.query_timeout': ['limits.queryTimeout', same],
  'limits_config.otlp_config': ['labels', none],
  // Fields of Loki 2.
  'querier.query_timeout': ['limits.queryTimeout', same],
  'chunk_store_config.max_look_back_period': ['retention', same],
  table_manager: ['retention', none],
};

const ofLoki2 = ['chunk_store_config.max_look_back_period', 'table_manager'];
const absent = 'Loki 3 does not have it';

const placed =
  /(_address|_addr|_url|_dir|_directory|_path|interface_names)$|^register_instrumentation$/;
const others: Readonly<Record<string, string>> = {
  'compactor.retention_enabled': 'lines are always deleted after retention',
  'compactor.delete_request_store': 'Crowsnest sets it',
  'compactor.shared_store': `${absent}, and Crowsnest sets where lines are stored`,
  'ingester.max_transfer_retries': `${absent}: its write-ahead log keeps lines over a restart`,
  'limits_config.enforce_metric_name': absent,
  'ingester.wal': 'Crowsnest sets it, so that no accepted line is lost',
  'server.http_listen_port': 'Crowsnest sets it',
  'server.grpc_listen_port': 'Crowsnest sets it',
  'server.http_server_tls_config': 'the address is only for the cluster',
};

/** Sections that Crowsnest sets, or that connect to other servers. */
const sections: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['target', 'auth_enabled', 'common', 'schema_config', 'analytics'].map((name) => [
      name,
      'Crowsnest sets it',
    ]),
  ),
  ...Object.fromEntries(
    ['memberlist', 'ingester_rf1', 'kafka_config', 'tracing'].map((name) => [
      name,
      'Loki is one process with its data on a volume, and no policy allows other servers',
    ]),
  ),
  storage_config: 'use the option bucket',
  ruler: 'add rules in LogQL to alerts/, as NAME.logql.yaml',
};

/** Why a native section or field is not accepted, and what to use instead; undefined if it is accepted. */
export const refusal = (path: readonly string[], value?: unknown): string | undefined => {
  const name = path.join('.');
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option) {
    const converted = option[1](value);
    const given = converted === undefined ? '' : `: ${quoted(converted)}`;
    const before = ofLoki2.includes(name) ? `${absent}, ` : '';
    return `${before}use the option loki.${option[0]}${given}`;
  }
  if (Object.hasOwn(others, name)) return others[name];
  if (path.length === 1) return Object.hasOwn(sections, name) ? sections[name] : undefined;
  return placed.test(path.at(-1)!)
    ? 'Crowsnest sets where Loki listens and stores its data'
    : undefined;
};
