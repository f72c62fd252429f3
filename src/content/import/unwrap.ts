import { distance } from 'fastest-levenshtein';
import { reasonOf } from './document.js';
import { operatorDashboard } from './operator.js';
import { noReferences, type References } from './references.js';
import type { WrappedFault } from './wrapped-fault.js';

/** A dashboard in a document. */
export interface WrappedDashboard {
  readonly json: unknown;
  /** The name that the document gives it. */
  readonly name?: string;
  /** Title of its folder. @default - that of imported dashboards */
  readonly folder?: string;
  /** Its place in the document; empty if it is the whole document. */
  readonly path: string;
}

export interface Unwrapped {
  readonly dashboards: readonly WrappedDashboard[];
  readonly faults: readonly WrappedFault[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * The dashboards in a document: what Grafana's API returns, a resource of Grafana or of its operator, a
 * ConfigMap as Grafana's sidecar reads it, a list of these, or a dashboard itself.
 */
export const unwrap = (
  document: unknown,
  at = '',
  references: References = noReferences,
): Unwrapped => {
  const { dashboard, apiVersion, kind, spec, items, metadata } = fieldsOf(document);
  if (isFields(dashboard)) return one({ json: dashboard, path: join(at, 'dashboard') });
  if (typeof apiVersion !== 'string') return one({ json: document, path: at });
  const { name, annotations } = fieldsOf(metadata);
  const naming = { name: textOf(name), folder: textOf(fieldsOf(annotations).grafana_folder) };
  if (Array.isArray(items)) {
    return merged(
      items.map((item, index) => unwrap(item, join(at, `items[${index}]`), references)),
    );
  }
  if (kind === 'ConfigMap') {
    return ofConfigMap(document as Fields, naming.folder, at, references.keysOf(naming.name));
  }
  const path = join(at, 'spec');
  const isOfOperator = kind === undefined || kind === 'GrafanaDashboard';
  if (/^(grafana\.)?integreatly\.org\//.test(apiVersion) && isOfOperator) {
    const faults = strayFields(document as Fields, at);
    const { json, folder, fault } = operatorDashboard(fieldsOf(spec), references.text);
    if (fault) {
      return { dashboards: [], faults: [...faults, { ...fault, path: join(path, fault.path) }] };
    }
    return { dashboards: [{ ...naming, ...(folder && { folder }), json, path }], faults };
  }
  const isManifest = kind === 'GrafanaManifest' && /integreatly\.org\//.test(apiVersion);
  if (isManifest && isFields(fieldsOf(spec).template)) {
    return unwrap(fieldsOf(spec).template, join(path, 'template'), references);
  }
  if (isFields(spec) && (/^dashboard\.grafana\.app\//.test(apiVersion) || kind === 'Dashboard')) {
    const dashboards = [{ ...naming, json: spec, path }];
    return { dashboards, faults: strayFields(document as Fields, at) };
  }
  const meant = dashboardKinds.find((one) => kind !== one && distance(`${kind}`, one) <= 2);
  const misspelt = meant && {
    message: 'The kind of the object is unknown.',
    remedy: 'Correct the kind.',
    suggestion: meant,
  };
  return {
    dashboards: [],
    faults: [
      { fault: 'no-dashboard', path: join(at, 'kind'), value: kind ?? apiVersion, ...misspelt },
    ],
  };
};

const dashboardKinds = ['GrafanaDashboard', 'GrafanaManifest', 'Dashboard', 'ConfigMap'];

const resourceFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Fields beside those of every resource, such as a field of `spec` that is not indented. */
const strayFields = (document: Fields, at: string): WrappedFault[] =>
  Object.entries(document)
    .filter(([name]) => !resourceFields.includes(name))
    .map(([name, value]) => ({ fault: 'stray-field', path: join(at, name), value }));

const one = (dashboard: WrappedDashboard): Unwrapped => ({ dashboards: [dashboard], faults: [] });

const merged = (all: readonly Unwrapped[]): Unwrapped => ({
  dashboards: all.flatMap(({ dashboards }) => dashboards),
  faults: all.flatMap(({ faults }) => faults),
});

const join = (at: string, name = ''): string => [at, name].filter(Boolean).join('.');

/** Each file of a ConfigMap is a dashboard. */
const ofConfigMap = (
  { data }: Fields,
  folder: string | undefined,
  at: string,
  referred: ReadonlySet<string>,
): Unwrapped => {
  const files = Object.entries(fieldsOf(data)).filter(
    ([key]) => key.endsWith('.json') && !referred.has(key),
  );
  if (files.length === 0) {
    if (referred.size > 0) return merged([]);
    const message = 'The ConfigMap has no file with the extension .json.';
    return { dashboards: [], faults: [{ fault: 'no-dashboard', path: join(at, 'data'), message }] };
  }
  return merged(
    files.map(([key, text]): Unwrapped => {
      const path = `${join(at, 'data')}['${key}']`;
      const name = key.slice(0, -'.json'.length);
      try {
        const inner = unwrap(JSON.parse(String(text)), path);
        const naming = { name, ...(folder && { folder }) };
        return { ...inner, dashboards: inner.dashboards.map((part) => ({ ...part, ...naming })) };
      } catch (error) {
        const message = `The file '${key}' is not valid JSON: ${reasonOf(error)}`;
        return { dashboards: [], faults: [{ fault: 'invalid-json', path, message }] };
      }
    }),
  );
};
