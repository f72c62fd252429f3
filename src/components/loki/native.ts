import { z } from 'zod';
import { allowed } from '../../schema/allowed.js';
import { type LokiSections, lokiSection, sectionNames } from '../../schema/loki/section.js';

/** Fields that options of Crowsnest set, or that would move data off the volume, each with what to do instead. */
const refused: Readonly<Record<string, string>> = {
  'limits_config.retention_period': 'use the option retention',
  'limits_config.ingestion_rate_mb': 'use the option ingestionRate',
  'limits_config.ingestion_burst_size_mb': 'use the option ingestionBurst',
  'limits_config.max_global_streams_per_user': 'use the option streams',
  'limits_config.per_stream_rate_limit': 'use the option limits.streamRate',
  'limits_config.max_line_size': 'use the option limits.lineSize',
  'limits_config.max_label_names_per_series': 'use the option limits.labels',
  'limits_config.max_structured_metadata_size': 'use the option limits.metadataSize',
  'limits_config.max_structured_metadata_entries_count': 'use the option limits.metadataFields',
  'limits_config.reject_old_samples_max_age': 'use the option limits.age',
  'limits_config.max_entries_limit_per_query': 'use the option limits.queryLines',
  'limits_config.max_query_series': 'use the option limits.querySeries',
  'limits_config.query_timeout': 'use the option limits.queryTimeout',
  'limits_config.otlp_config': 'use the option labels',
  'compactor.retention_enabled': 'lines are always deleted after retention',
  'compactor.delete_request_store': 'Crowsnest sets it',
  'ingester.wal': 'Crowsnest sets it, so that no accepted line is lost',
  'server.http_listen_port': 'Crowsnest sets it',
  'server.grpc_listen_port': 'Crowsnest sets it',
  'server.http_server_tls_config': 'the address is only for the cluster',
};

const placed =
  /(_address|_addr|_url|_dir|_directory|_path|interface_names)$|^register_instrumentation$/;
const ofPlace = 'Crowsnest sets where Loki listens and stores its data';

/** Sections that Crowsnest sets, or that connect to other servers. */
const otherSections: Readonly<Record<string, string>> = {
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

const parameters = { error: allowed, jitless: true, reportInput: true };

/** Native sections of Loki's configuration, which are added to those that result from the options. */
export const nativeConfig = z.record(z.string(), z.unknown()).superRefine((config, context) => {
  const fault = (path: readonly string[], input: unknown, reason: string): void =>
    context.addIssue({ code: 'custom', path: [...path], input, message: `nothing: ${reason}` });
  for (const [name, section] of Object.entries(config)) {
    const reason = Object.hasOwn(otherSections, name) ? otherSections[name] : undefined;
    const known = sectionNames.find((one) => one === name);
    if (reason) fault([name], section, reason);
    else if (!known) {
      const message = sectionNames.join(' ');
      context.addIssue({ code: 'unrecognized_keys', keys: [name], path: [], message });
    } else {
      const issues = lokiSection(known).safeParse(section, parameters).error?.issues ?? [];
      for (const issue of issues)
        context.issues.push({ ...issue, path: [name, ...issue.path] } as z.core.$ZodRawIssue);
      for (const [path, value, why] of refusedIn(section, [name])) fault(path, value, why);
    }
  }
}) as unknown as z.ZodType<LokiSections, LokiSections>;

type Refused = readonly [path: readonly string[], value: unknown, reason: string];

const refusedIn = (value: unknown, path: readonly string[]): Refused[] => {
  const reason = refused[path.join('.')] ?? (placed.test(path.at(-1)!) ? ofPlace : undefined);
  if (reason !== undefined) return [[path, value, reason]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => refusedIn(one, [...path, name]));
};

/** Adds the fields of one object to another, at every depth; lists and values are replaced. */
export const merged = <T extends object>(base: T, added: object): T => {
  const all = { ...base } as Record<string, unknown>;
  for (const [name, value] of Object.entries(added)) {
    const own = all[name];
    all[name] = isObject(own) && isObject(value) ? merged(own, value) : value;
  }
  return all as T;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
