import { z } from 'zod';
import { loginsOf, type NativeClient, proxiesOf } from '../config/native-client.js';
import type { ScrapeConfig } from '../config/scrape-config.js';
import { serverAt } from '../config/server.js';
import type { Finding } from '../model/finding.js';
import { refused } from '../schema/refinement.js';
import { clientFields, nativeClient, oneLogin, present } from './client.js';
import type { Document } from './document.js';
import { nativePage, pageFields } from './endpoint-schema.js';
import { applicationFinding } from './faults.js';
import { readObject } from './monitor.js';
import { nativeJob } from './native-job.js';
import { clientIdOf } from './oauth2.js';
import type { Objects } from './object.js';
import { relabelings } from './relabeling.js';

const unknownTargets =
  'nothing: synth does not know which targets it discovers, so no network policy can allow them. List them in staticConfigs, or their names in dnsSDConfigs';

const otherDiscovery = Object.fromEntries(
  [
    ...['fileSDConfigs', 'httpSDConfigs', 'consulSDConfigs', 'ec2SDConfigs', 'azureSDConfigs'],
    ...['gceSDConfigs', 'openstackSDConfigs', 'digitalOceanSDConfigs', 'kumaSDConfigs'],
    ...['eurekaSDConfigs', 'dockerSDConfigs', 'linodeSDConfigs', 'hetznerSDConfigs'],
    ...['nomadSDConfigs', 'dockerSwarmSDConfigs', 'puppetDBSDConfigs', 'lightSailSDConfigs'],
    ...['ovhcloudSDConfigs', 'scalewaySDConfigs', 'ionosSDConfigs'],
  ].map((name) => [name, refused(unknownTargets)]),
);

const flag = z.boolean().optional();
const text = z.string().optional();
const { enableHttp2: _, ...client } = clientFields;

// The fields of https://github.com/prometheus-operator/prometheus-operator/tree/v0.95.2/pkg/apis/monitoring/v1alpha1
const spec = z
  .strictObject({
    ...client,
    ...pageFields,
    ...otherDiscovery,
    kubernetesSDConfigs: refused('nothing: select the pods with a PodMonitor or a ServiceMonitor'),
    jobName: text,
    staticConfigs: z
      .array(
        z.strictObject({
          targets: z.array(z.string()),
          labels: z.record(z.string(), z.string()).optional(),
        }),
      )
      .optional(),
    dnsSDConfigs: z
      .array(
        z.strictObject({
          names: z.array(z.string()),
          type: text,
          port: z.int().optional(),
          refreshInterval: text,
        }),
      )
      .optional(),
    relabelings,
    metricRelabelings: relabelings,
    metricsPath: text,
    scrapeInterval: text,
    scrapeTimeout: text,
    honorTimestamps: flag,
    trackTimestampsStaleness: flag,
    honorLabels: flag,
    params: z.record(z.string(), z.array(z.string())).optional(),
    enableCompression: flag,
    enableHTTP2: flag,
    nameValidationScheme: z.enum(['UTF8', 'Legacy']).optional(),
    nameEscapingScheme: z.enum(['AllowUTF8', 'Underscores', 'Dots', 'Values']).optional(),
  })
  .superRefine((fields, context) => oneLogin(fields as never, context));

const object = z.object({ metadata: z.object({ name: z.string().min(1) }), spec });

const escaping = {
  AllowUTF8: 'allow-utf-8',
  Underscores: 'underscores',
  Dots: 'dots',
  Values: 'values',
} as const;

/** Converts a ScrapeConfig to a native job, as in `prometheus.scrapeConfigs`, or reports why it is rejected. */
export const scrapeConfig = (
  document: Document,
  objects: Objects,
): { readonly job?: ScrapeConfig; readonly findings: readonly Finding[] } => {
  const { data, findings } = readObject(object, document);
  if (!data) return { findings };
  const fields = data.spec as z.output<typeof spec> & Parameters<typeof nativeClient>[0];
  const { namespace = 'default', name } = document.metadata;
  const clientId = fields.oauth2 && clientIdOf(fields.oauth2, document, objects);
  if (fields.oauth2 && clientId === undefined) {
    const place = document.at('spec.oauth2.clientId');
    return { findings: [applicationFinding({ fault: 'unknown-client-id', place })] };
  }
  const steps = [
    ...(fields.jobName
      ? [{ target_label: 'job', replacement: fields.jobName.replaceAll('$', '$$$$') }]
      : []),
    ...(fields.relabelings ?? []),
  ];
  const config: NativeClient & Record<string, unknown> = {
    job_name: `scrapeConfig/${namespace}/${name}`,
    ...present({
      static_configs: fields.staticConfigs,
      dns_sd_configs: fields.dnsSDConfigs?.map(({ refreshInterval, ...one }) =>
        present({ ...one, refresh_interval: refreshInterval }),
      ),
      metrics_path: fields.metricsPath,
      scheme: fields.scheme || undefined,
      params: fields.params,
      scrape_interval: fields.scrapeInterval,
      scrape_timeout: fields.scrapeTimeout,
      fallback_scrape_protocol: fields.fallbackScrapeProtocol,
      honor_labels: fields.honorLabels,
      honor_timestamps: fields.honorTimestamps,
      track_timestamps_staleness: fields.trackTimestampsStaleness,
      enable_compression: fields.enableCompression,
      sample_limit: fields.sampleLimit || undefined,
      metric_name_validation_scheme: fields.nameValidationScheme?.toLowerCase(),
      metric_name_escaping_scheme: fields.nameEscapingScheme && escaping[fields.nameEscapingScheme],
      relabel_configs: steps.length > 0 ? steps : undefined,
      metric_relabel_configs: fields.metricRelabelings,
    }),
    ...nativePage(fields),
    ...nativeClient({ ...fields, enableHttp2: fields.enableHTTP2 }, clientId),
  };
  const insecure = fields.tlsConfig?.insecureSkipVerify;
  return nativeJob(
    {
      config: insecure
        ? { ...config, tls_config: { ...Object(config).tls_config, insecure_skip_verify: true } }
        : config,
      ...(insecure && { unverified: `ScrapeConfig ${name} sets insecureSkipVerify` }),
    },
    {
      at: (fields.staticConfigs ?? []).flatMap(({ targets }) =>
        targets.map((target) => serverAt(`${fields.scheme || 'http'}://${target}`)),
      ),
      loginAt: loginsOf(config),
      proxyAt: proxiesOf(config),
    },
    { document, objects },
    (path) => pathsOf[path] ?? camelCase(path),
  );
};

const pathsOf: Readonly<Record<string, string>> = {
  at: 'spec.staticConfigs',
  loginAt: 'spec.oauth2.tokenUrl',
  proxyAt: 'spec.proxyUrl',
};

const camelCase = (path: string): string =>
  path
    .replace(/^config\b/, 'spec')
    .replace('dns_sd_configs', 'dnsSDConfigs')
    .replace('relabel_configs', 'relabelings')
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
