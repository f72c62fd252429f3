import type { z } from 'zod';
import { fromYaml } from '../../model/yaml.js';
import { alertmanagerFile } from './alertmanager.js';
import { blackboxFile } from './blackbox-exporter.js';
import { dashboardFile, dataSourceFile, grafanaFile, providerFile } from './grafana.js';
import { parseIni } from './ini.js';
import { jaegerFile, samplingFile, uiFile } from './jaeger.js';
import { prometheusFile, ruleFile } from './prometheus.js';

/** How a file of one of our components is read, and what it must be. */
export interface FileKind {
  readonly component: string;
  readonly key: RegExp;
  /** Where it looks for it. @default - where another file or an argument says */
  readonly at?: RegExp;
  readonly read: (text: string) => unknown;
  readonly schema: z.ZodType;
}

const json = (text: string): unknown => JSON.parse(text);

/** The files that our components read from ConfigMaps; the first that fits counts. */
export const fileKinds: readonly FileKind[] = [
  { component: 'prometheus', key: /^prometheus\.yml$/, read: fromYaml, schema: prometheusFile },
  { component: 'prometheus', key: /\.yaml$/, read: fromYaml, schema: ruleFile },
  {
    component: 'alertmanager',
    key: /^alertmanager\.yml$/,
    read: fromYaml,
    schema: alertmanagerFile,
  },
  { component: 'blackbox-exporter', key: /^config\.yml$/, read: fromYaml, schema: blackboxFile },
  { component: 'jaeger', key: /^config\.yaml$/, read: fromYaml, schema: jaegerFile },
  { component: 'jaeger', key: /^sampling\.json$/, read: json, schema: samplingFile },
  { component: 'jaeger', key: /^ui\.json$/, read: json, schema: uiFile },
  // https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/#default-paths
  {
    component: 'grafana',
    key: /^grafana\.ini$/,
    at: /^\/etc\/grafana\/grafana\.ini$/,
    read: parseIni,
    schema: grafanaFile,
  },
  {
    component: 'grafana',
    key: /^datasources\.yaml$/,
    at: /^\/etc\/grafana\/provisioning\/datasources\/[^/]+\.ya?ml$/,
    read: fromYaml,
    schema: dataSourceFile,
  },
  {
    component: 'grafana',
    key: /^dashboards\.yaml$/,
    at: /^\/etc\/grafana\/provisioning\/dashboards\/[^/]+\.ya?ml$/,
    read: fromYaml,
    schema: providerFile,
  },
  { component: 'grafana', key: /\.json$/, read: json, schema: dashboardFile },
];
