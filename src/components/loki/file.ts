import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { path, port, text, url } from '../../schema/format.js';
import { type LokiSections, lokiSection, sectionNames } from '../../schema/loki/section.js';

const sections = Object.fromEntries(
  sectionNames.map((name) => [name, z.lazy(() => lokiSection(name)).optional()]),
) as unknown as { [Name in keyof LokiSections]-?: z.ZodOptional<z.ZodType<LokiSections[Name]>> };

const loopback = z.literal('127.0.0.1', {
  error: '127.0.0.1: the only process needs no other address',
});

/** The configuration of a Loki that is one process, with its data on a volume, or in a bucket. */
const config = z
  .strictObject({
    ...sections,
    target: z.literal('all'),
    auth_enabled: z.literal(false),
    analytics: z.strictObject({ reporting_enabled: z.literal(false) }),
    common: z.strictObject({
      path_prefix: path,
      instance_addr: loopback,
      replication_factor: z.literal(1),
      ring: z.strictObject({ kvstore: z.strictObject({ store: z.literal('inmemory') }) }),
      storage: z
        .strictObject({
          filesystem: z.strictObject({ chunks_directory: path, rules_directory: path }),
        })
        .optional(),
    }),
    ruler: z
      .strictObject({
        storage: z.strictObject({
          type: z.literal('local'),
          local: z.strictObject({ directory: path }),
        }),
        rule_path: path,
        wal: z.strictObject({ dir: path }),
        evaluation_interval: text,
        external_labels: z.record(text, text),
        alertmanager_url: text.optional(),
        enable_alertmanager_v2: z.literal(true).optional(),
      })
      .optional(),
    storage_config: z
      .strictObject({
        aws: z.strictObject({
          bucketnames: text,
          endpoint: url.optional(),
          region: text,
          s3forcepathstyle: z.boolean(),
          http_config: z.strictObject({ insecure_skip_verify: z.literal(true) }).optional(),
        }),
      })
      .optional(),
    schema_config: z.strictObject({
      configs: z
        .array(
          z.strictObject({
            from: z.string({ error: "a day such as '2024-01-01'" }).regex(/^\d{4}-\d\d-\d\d$/),
            store: z.literal('tsdb'),
            object_store: z.enum(['filesystem', 's3']),
            // Structured metadata needs it.
            schema: z.literal('v13'),
            index: z.strictObject({ prefix: text, period: z.literal('24h') }),
          }),
        )
        .min(1),
    }),
  })
  .superRefine((file, context) => {
    const inBucket = file.storage_config !== undefined;
    const store = inBucket ? 's3' : 'filesystem';
    const stores: readonly (readonly [PropertyKey[], unknown])[] = [
      [
        ['schema_config', 'configs', 0, 'object_store'],
        file.schema_config.configs[0]?.object_store,
      ],
      [['compactor', 'delete_request_store'], file.compactor?.delete_request_store],
    ];
    for (const [path, input] of stores) {
      // Any other value is reported as such.
      if (input === store || (input !== 's3' && input !== 'filesystem')) continue;
      const message = `'${store}', of which the file has the settings`;
      context.addIssue({ code: 'custom', path, input, message });
    }
    for (const [at, expected] of needed) {
      const input = at.reduce<unknown>((value, name) => Object(value)[name], file);
      const { error } = expected.safeParse(input);
      if (!error) continue;
      const message = error.issues[0]!.message;
      context.addIssue({ code: 'custom', path: [...at], input, message });
    }
  });

/** What keeps Loki from losing lines, or from keeping them without end. */
const needed: readonly (readonly [readonly string[], z.ZodType])[] = [
  [['server', 'http_listen_port'], port],
  [['server', 'grpc_listen_address'], loopback],
  [
    ['ingester', 'wal', 'enabled'],
    z.literal(true, { error: 'true: otherwise a restart loses the lines of the last hours' }),
  ],
  [['ingester', 'wal', 'dir'], path],
  [
    ['ingester', 'wal', 'disk_full_threshold'],
    z.number({ error: 'a share of the volume such as 0.85' }).gt(0).lt(1),
  ],
  [['compactor', 'working_directory'], path],
  [
    ['compactor', 'retention_enabled'],
    z.literal(true, { error: 'true: otherwise no line is ever deleted' }),
  ],
  [
    ['compactor', 'delete_request_store'],
    z.enum(['filesystem', 's3'], {
      error: "'filesystem' or 's3': otherwise Loki does not start",
    }),
  ],
  [['limits_config', 'retention_period'], z.string({ error: "a duration such as '7d'" })],
];

export type LokiConfig = z.input<typeof config>;

export const configFolder = '/etc/loki';

/** Loki's configuration file. */
export const configFile: ConfigFile<LokiConfig> = {
  kind: 'loki-config',
  path: `${configFolder}/config.yaml`,
  format: yaml,
  schema: config,
  partial: true,
  reload: 'restart',
};

/** The folder in which Loki looks for a folder with the rules of each tenant. */
export const rulesFolder = '/etc/loki-rules';

/** The folder of the only tenant, as Loki names it without a login. */
export const tenantFolder = `${rulesFolder}/fake`;

const labels = z.record(text, z.string()).optional();

/** A file of alerting rules in LogQL. */
export const ruleFile: ConfigFile<z.input<typeof rules>> = {
  kind: 'loki-rules',
  path: {
    file: configFile,
    option: 'ruler',
    extension: '.yaml',
    patterns: (file) => ((file as LokiConfig).ruler ? [`${tenantFolder}/*.yaml`] : []),
  },
  format: yaml,
  schema: z.lazy(() => rules),
  reload: 'itself',
  prose: true,
};

const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: text,
      interval: text.optional(),
      limit: z.int().optional(),
      labels,
      rules: z.array(
        z.strictObject({
          alert: text,
          expr: text,
          for: text.optional(),
          keep_firing_for: text.optional(),
          labels,
          annotations: labels,
        }),
      ),
    }),
  ),
});
