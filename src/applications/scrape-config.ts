import { z } from 'zod';
import { scrapeConfig as nativeJob, type ScrapeConfig } from '../config/scrape-config.js';
import type { Finding } from '../model/finding.js';
import { refused } from '../schema/refinement.js';
import { validateValue } from '../schema/validate-value.js';
import { clientFields, nativeClient, oneLogin, present } from './client.js';
import type { Document } from './document.js';
import { nativePage, pageFields } from './endpoint-schema.js';
import { applicationFinding } from './faults.js';
import { readObject } from './monitor.js';
import { isIn, type Objects } from './object.js';
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
    proxyUrl: text,
    noProxy: text,
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
  const steps = [
    ...(fields.jobName
      ? [{ target_label: 'job', replacement: fields.jobName.replaceAll('$', '$$$$') }]
      : []),
    ...(fields.relabelings ?? []),
  ];
  const config = {
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
      proxy_url: fields.proxyUrl || undefined,
      no_proxy: fields.noProxy || undefined,
      metric_name_validation_scheme: fields.nameValidationScheme?.toLowerCase(),
      metric_name_escaping_scheme: fields.nameEscapingScheme && escaping[fields.nameEscapingScheme],
      relabel_configs: steps.length > 0 ? steps : undefined,
      metric_relabel_configs: fields.metricRelabelings,
    }),
    ...nativePage(fields),
    ...nativeClient({ ...fields, enableHttp2: fields.enableHTTP2 }),
  };
  const insecure = fields.tlsConfig?.insecureSkipVerify;
  const at = placeOf(fields.staticConfigs ?? [], document, objects);
  const value = {
    config: insecure
      ? { ...config, tls_config: { ...Object(config).tls_config, insecure_skip_verify: true } }
      : config,
    ...(insecure && { unverified: `ScrapeConfig ${name} sets insecureSkipVerify` }),
    ...(at && { at }),
  };
  const { data: job, faults } = validateValue(nativeJob, value, '');
  return {
    ...(job && { job }),
    findings: faults.map(({ place, ...fault }) => {
      const path = place.path ?? '';
      const where = document.at(path === 'at' ? 'spec.staticConfigs' : camelCase(path));
      return applicationFinding(
        path === 'at'
          ? {
              ...fault,
              fault: 'no-service',
              place: where,
              message: 'A target is in the cluster, and its pods are unknown.',
              remedy:
                'Add the Service of the target as YAML to applications/, or use a ServiceMonitor.',
            }
          : { ...fault, place: where },
      );
    }),
  };
};

const camelCase = (path: string): string =>
  path
    .replace(/^config\b/, 'spec')
    .replace('dns_sd_configs', 'dnsSDConfigs')
    .replace('relabel_configs', 'relabelings')
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The pods of the Service of all targets, if they are of one Service that `applications/` has. */
const placeOf = (
  groups: readonly { readonly targets: readonly string[] }[],
  document: Document,
  { services }: Objects,
): { kind: 'pods'; namespace: string; labels: Record<string, string> } | undefined => {
  const found = groups
    .flatMap(({ targets }) => targets)
    .map((target) => {
      const [, name, namespace, port] =
        /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?:(\d+)$/.exec(target) ?? [];
      if (name === undefined || namespace === undefined) return undefined;
      return services.find(
        (one) =>
          one.name === name &&
          isIn(one, namespace, document.application) &&
          // Policies allow the port of the pods, and a target has that of the Service.
          one.ports.some((its) => its.port === Number(port) && its.targetPort === its.port),
      );
    });
  const [first] = found;
  if (!first?.selector || found.some((one) => one !== first)) return undefined;
  const namespace = first.namespace ?? document.metadata.namespace;
  return namespace === undefined
    ? undefined
    : { kind: 'pods', namespace, labels: { ...first.selector } };
};
