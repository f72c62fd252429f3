import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { goDuration, path, text, url } from '../../schema/format.js';
import { nativeModules } from './native-module.js';

// https://github.com/prometheus/blackbox_exporter/blob/v0.28.0/CONFIGURATION.md, as far as we write it.

const page = z.strictObject({
  prober: z.literal('http'),
  timeout: goDuration,
  http: z.strictObject({
    valid_status_codes: z.array(z.int().min(100).max(599)).min(1),
    follow_redirects: z.boolean(),
    preferred_ip_protocol: z.enum(['ip4', 'ip6']),
    proxy_url: url.optional(),
    skip_resolve_phase_with_proxy: z.boolean().optional(),
    tls_config: z
      .strictObject({
        ca_file: path.optional(),
        server_name: text.optional(),
        insecure_skip_verify: z.literal(true).optional(),
      })
      .optional(),
  }),
});

const schema = z.strictObject({
  modules: z
    .record(text, z.discriminatedUnion('prober', [page, ...nativeModules]))
    .refine((modules) => Object.keys(modules).length > 0, { error: 'at least one module' }),
});

export type BlackboxConfig = z.input<typeof schema>;

export const configFolder = '/etc/blackbox_exporter';

/** The configuration file of blackbox-exporter. */
export const configFile: ConfigFile<BlackboxConfig> = {
  kind: 'blackbox-exporter-config',
  path: `${configFolder}/config.yml`,
  format: yaml,
  schema,
  partial: true,
  reload: 'itself',
};
