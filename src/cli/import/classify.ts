import { isObject } from '../../applications/object.js';

/** An object of a file of others; any part of it may be missing. */
export type Loose = Readonly<Record<string, unknown>>;

/** What a part of a file is to a project. */
export type Part =
  | { readonly is: 'dashboard' | 'rules' | 'monitor' | 'supporting'; readonly value: unknown }
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
  documents.flatMap((document): Part[] => {
    const { kind, items } = fieldsOf(document);
    return Array.isArray(items) && (kind === undefined || `${kind}`.endsWith('List'))
      ? partsOf(items)
      : [partOf(document)];
  });

const partOf = (value: unknown): Part => {
  const fields = fieldsOf(value);
  const { apiVersion, kind } = fields;
  if (typeof apiVersion === 'string') {
    return ofObject(fields, apiVersion, typeof kind === 'string' ? kind : undefined);
  }
  if (isDashboard(fields)) return { is: 'dashboard', value };
  if (Array.isArray(fields.groups)) return { is: 'rules', value };
  const reason = settingsReason(fields);
  return {
    is: 'other',
    name: 'a document',
    reason: reason ?? 'It is no dashboard, no rule file and no Kubernetes object.',
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

/** The reason for settings of programs, which belong in an environment. */
const settingsReason = (fields: Loose): string | undefined => {
  if (isFields(fields.route) && Array.isArray(fields.receivers)) {
    return 'The configuration of Alertmanager is the option alerting.config: see docs/existing.md. Its secrets become references.';
  }
  if (Array.isArray(fields.scrape_configs) || Array.isArray(fields.rule_files)) {
    return Array.isArray(fields.tests)
      ? 'Tests of rules have the name of their group: alerts/NAME.test.yaml, with rule_files: [NAME.yaml].'
      : 'The configuration of Prometheus is the options of prometheus: see docs/existing.md. Its secrets become references.';
  }
  return undefined;
};

const isFields = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Loose => (isFields(value) ? value : {});
