import { z } from 'zod';
import { loginsOf, type NativeClient, proxiesOf } from '../config/native-client.js';
import type { ScrapeConfig } from '../config/scrape-config.js';
import { serverAt } from '../config/server.js';
import type { Finding } from '../model/finding.js';
import { clientFields, nativeClient, oneLogin, present } from './client.js';
import type { Document } from './document.js';
import { nativePage, pageFields } from './endpoint-schema.js';
import { applicationFinding } from './faults.js';
import { readObject } from './monitor.js';
import { nativeJob } from './native-job.js';
import { clientIdOf, proxyFields } from './oauth2.js';
import type { Objects } from './object.js';
import { relabelings } from './relabeling.js';
import { serverPlace } from './server-place.js';
import { copy, jobNameSteps, set } from './step.js';

const { scheme, proxyUrl, noProxy, proxyFromEnvironment, proxyConnectHeader, ...client } =
  clientFields;

const text = z.string().optional();

// The fields of https://github.com/prometheus-operator/prometheus-operator/tree/v0.95.2/pkg/apis/monitoring/v1
const spec = z
  .strictObject({
    ...client,
    ...pageFields,
    prober: z.strictObject({ url: z.string().min(1), scheme, path: text, ...proxyFields }),
    jobName: text,
    module: text,
    interval: text,
    scrapeTimeout: text,
    params: z
      .array(z.strictObject({ name: z.string(), values: z.array(z.string()).optional() }))
      .optional(),
    targets: z.strictObject({
      staticConfig: z.strictObject({
        static: z.array(z.string().min(1)).min(1),
        labels: z.record(z.string(), z.string()).optional(),
        relabelingConfigs: relabelings,
      }),
    }),
    metricRelabelings: relabelings,
  })
  .superRefine((fields, context) => oneLogin(fields, context));

const object = z.object({ metadata: z.object({ name: z.string().min(1) }), spec });

/** The address of the prober of a Probe, if its pods are known or it is outside the cluster. */
export const proberOf = (document: Document, objects: Objects): string | undefined => {
  const { prober } = Object(document.value.spec) as { prober?: { url?: unknown } };
  const url = prober?.url;
  if (typeof url !== 'string' || !/^[^/\s]+$/.test(url)) return undefined;
  const { host = '', port } = serverAt(`http://${url}`);
  return serverPlace(host, port, document, objects) ? url : undefined;
};

/**
 * Converts a Probe to the job of the operator, which requests the pages through the prober that it names:
 * https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/prometheus/promcfg.go
 */
export const otherProber = (
  document: Document,
  objects: Objects,
): { readonly job?: ScrapeConfig; readonly findings: readonly Finding[] } => {
  const { data, findings } = readObject(object, document);
  if (!data) return { findings };
  const fields = data.spec;
  const { prober, oauth2 } = fields;
  const clientId = oauth2 && clientIdOf(oauth2, document, objects);
  if (oauth2 && clientId === undefined) {
    const place = document.at('spec.oauth2.clientId');
    return { findings: [applicationFinding({ fault: 'unknown-client-id', place })] };
  }
  const { namespace = 'default', name } = document.metadata;
  const { static: targets, labels, relabelingConfigs = [] } = fields.targets.staticConfig;
  const config: NativeClient & Record<string, unknown> = {
    job_name: `probe/${namespace}/${name}`,
    ...present({
      metrics_path: prober.path || '/probe',
      scheme: prober.scheme || undefined,
      scrape_interval: fields.interval || undefined,
      scrape_timeout: fields.scrapeTimeout || undefined,
      params: paramsOf(fields),
      fallback_scrape_protocol: fields.fallbackScrapeProtocol,
      sample_limit: fields.sampleLimit || undefined,
      metric_relabel_configs: fields.metricRelabelings,
    }),
    ...nativePage(fields),
    ...nativeClient({ ...fields, ...prober }, clientId),
    static_configs: [{ targets, labels: { namespace, ...labels } }],
    relabel_configs: [
      ...jobNameSteps(relabelingConfigs),
      ...(fields.jobName ? [set('job', fields.jobName)] : []),
      copy('__address__', '__param_target'),
      copy('__param_target', 'instance'),
      set('__address__', prober.url),
      ...relabelingConfigs,
    ],
  };
  const insecure = fields.tlsConfig?.insecureSkipVerify;
  return nativeJob(
    {
      config: insecure
        ? { ...config, tls_config: { ...Object(config.tls_config), insecure_skip_verify: true } }
        : config,
      ...(insecure && { unverified: `Probe ${name} sets insecureSkipVerify` }),
    },
    {
      at: [serverAt(`${prober.scheme || 'http'}://${prober.url}`)],
      loginAt: loginsOf(config),
      proxyAt: proxiesOf(config),
    },
    { document, objects },
    (path) => pathsOf[path] ?? 'spec',
  );
};

const pathsOf: Readonly<Record<string, string>> = {
  at: 'spec.prober.url',
  loginAt: 'spec.oauth2.tokenUrl',
  proxyAt: 'spec.prober.proxyUrl',
  'config.scrape_interval': 'spec.interval',
  'config.scrape_timeout': 'spec.scrapeTimeout',
};

/** The field `module` overrides the parameter. */
const paramsOf = ({ module, params = [] }: z.output<typeof spec>) => {
  const all = Object.fromEntries(params.map(({ name, values = [] }) => [name, values]));
  const both = { ...all, ...(module && { module: [module] }) };
  return Object.keys(both).length > 0 ? both : undefined;
};
