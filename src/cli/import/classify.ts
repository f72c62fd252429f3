import { isObject } from '../../applications/object.js';
import { parsed, type Settings, settingsIn } from './native/settings.js';
import { ofLogs, ofLogsIn } from './of-logs.js';

/** An object of a file of others; any part of it may be missing. */
export type Loose = Readonly<Record<string, unknown>>;

/** What a part of a file is to a project. */
export type Part =
  | { readonly is: 'dashboard' | 'rules' | 'monitor' | 'supporting'; readonly value: unknown }
  | { readonly is: 'settings'; readonly value: Settings }
  /** It has no place in a project, and why. */
  | { readonly is: 'other'; readonly name: string; readonly reason: string };

const monitors = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'];

const reasons: Readonly<Record<string, string>> = {
  Secret: 'Secrets are never imported.',
  Alertmanager: 'Crowsnest deploys its own: see docs/existing.md.',
  AlertmanagerConfig: 'Receivers and routes are options of an environment: see docs/existing.md.',
  Prometheus: 'Crowsnest deploys its own: see docs/existing.md.',
};

/** The parts of the documents of a file. */
export const partsOf = (documents: readonly unknown[]): Part[] =>
  documents.flatMap((document, index) => partsIn(document, [index]));

const partsIn = (document: unknown, path: readonly (string | number)[]): Part[] => {
  const { kind, items } = fieldsOf(document);
  if (Array.isArray(items) && (kind === undefined || `${kind}`.endsWith('List'))) {
    return items.flatMap((item, index) => partsIn(item, [...path, 'items', index]));
  }
  const settings = settingsIn(document, path);
  return settings.length > 0
    ? [
        ...settings.map((value): Part => ({ is: 'settings', value })),
        ...besides(document, settings),
      ]
    : [partOf(document)];
};

/** What is beside settings in a ConfigMap, a Secret or the values of a Helm chart. */
const besides = (document: unknown, settings: readonly Settings[]): Part[] => {
  const { kind, apiVersion, data, stringData } = fieldsOf(document);
  const isWhole = settings.some(({ path }) => path.length === 1);
  if (isWhole) return [];
  if (typeof apiVersion !== 'string') {
    const reason = 'Values of Helm charts are options of an environment: see docs/migrating.md.';
    return [{ is: 'other', name: 'the other values', reason }];
  }
  const taken = settings.map(({ path }) => path.at(-1));
  return Object.entries({ ...fieldsOf(data), ...fieldsOf(stringData) }).flatMap(
    ([name, text]): Part[] => {
      if (taken.includes(name) || name.endsWith('.tmpl')) return [];
      const value = kind === 'ConfigMap' ? parsed(`${text}`) : undefined;
      if (Array.isArray(fieldsOf(value).groups)) return [{ is: 'rules', value }];
      const reason =
        kind === 'Secret'
          ? 'Secrets are never imported.'
          : 'It is no configuration of Alertmanager or Prometheus, and no rule file.';
      return [{ is: 'other', name, reason }];
    },
  );
};

const partOf = (value: unknown): Part => {
  const fields = fieldsOf(value);
  const { apiVersion, kind } = fields;
  if (typeof apiVersion === 'string') {
    return ofObject(fields, apiVersion, typeof kind === 'string' ? kind : undefined);
  }
  if (isDashboard(fields)) return { is: 'dashboard', value };
  if (Array.isArray(fields.groups)) return { is: 'rules', value };
  const found = ofLogs(fields);
  if (found) return { is: 'other', ...found };
  return {
    is: 'other',
    name: 'a document',
    reason: Array.isArray(fields.tests)
      ? 'Tests of rules have the name of their group: alerts/NAME.test.yaml, with rule_files: [NAME.yaml].'
      : 'It is no dashboard, no rule file, no configuration of Alertmanager or Prometheus, and no Kubernetes object.',
  };
};

const ofObject = (value: Loose, apiVersion: string, kind = ''): Part => {
  if (kind === 'PrometheusRule') return { is: 'rules', value };
  if (monitors.includes(kind)) return { is: 'monitor', value };
  const isGrafanas = /(^|\.)integreatly\.org\/|^dashboard\.grafana\.app\//.test(apiVersion);
  if (isGrafanas && (kind === '' || /^(Grafana)?(Dashboard|Manifest)$/.test(kind))) {
    return { is: 'dashboard', value };
  }
  const hasDashboards = Object.keys(fieldsOf(value.data)).some((key) => key.endsWith('.json'));
  if (kind === 'ConfigMap' && hasDashboards) return { is: 'dashboard', value };
  const found = kind === 'ConfigMap' ? ofLogsIn(fieldsOf(value.data)) : undefined;
  if (found) return { is: 'other', ...found };
  if (isObject(kind)) return { is: 'supporting', value };
  const { name } = fieldsOf(value.metadata);
  return {
    is: 'other',
    name: `${kind || 'an object'} ${typeof name === 'string' ? name : ''}`.trim(),
    reason: reasons[kind] ?? 'Only dashboards, rules, monitors and what these need are imported.',
  };
};

const isDashboard = ({ dashboard, panels, rows, elements, schemaVersion }: Loose): boolean =>
  Array.isArray(panels) ||
  Array.isArray(rows) ||
  isFields(elements) ||
  isFields(dashboard) ||
  typeof schemaVersion === 'number';

const isFields = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Loose => (isFields(value) ? value : {});
