import { gunzipSync } from 'node:zlib';
import { reasonOf } from './document.js';
import { noReferences, type References } from './references.js';
import type { WrappedFault } from './wrapped-fault.js';

type Fields = Readonly<Record<string, unknown>>;

interface OperatorDashboard {
  readonly json?: unknown;
  /** Title of its folder. */
  readonly folder?: string;
  readonly fault?: WrappedFault;
}

/**
 * The dashboard in a GrafanaDashboard of grafana-operator.
 * https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export const operatorDashboard = (
  spec: Fields,
  textOf: References['text'] = noReferences.text,
): OperatorDashboard => {
  const { name, key: file } = (spec.configMapRef ?? {}) as Fields;
  const beside = textOf(`${name}`, `${file}`);
  const key =
    typeof spec.gzipJson === 'string' ? 'gzipJson' : beside === undefined ? 'json' : 'configMapRef';
  if (beside === undefined && typeof spec[key] !== 'string') return { fault: notHere(spec) };
  try {
    const text =
      key === 'gzipJson' ? unzipped(String(spec.gzipJson)) : (beside ?? String(spec.json));
    const folder = typeof spec.folder === 'string' && spec.folder ? spec.folder : undefined;
    return { json: withInputs(JSON.parse(text), spec.datasources), ...(folder && { folder }) };
  } catch (error) {
    const message = `The text in ${key} is not valid JSON: ${reasonOf(error)}`;
    return { fault: { fault: 'invalid-json', path: key, message } };
  }
};

const unzipped = (text: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(gunzipSync(Buffer.from(text, 'base64')));

const remedies: Readonly<Record<string, (value: never) => string>> = {
  grafanaCom: ({ id, revision }: { id?: unknown; revision?: unknown }) =>
    `Download it from https://grafana.com/api/dashboards/${id}/revisions/${revision ?? 'latest'}/download, and save the JSON in this folder.`,
  url: (url: unknown) => `Download it from ${url}, and save the JSON in this folder.`,
  urlAuthorization: () => 'Download it, and save the JSON in this folder.',
  oci: () => 'Save the JSON of the artifact in this folder.',
  configMapRef: ({ name, key }: { name?: unknown; key?: unknown }) =>
    `Add the ConfigMap '${name}' with the key '${key}' to this file, or save its JSON in this folder.`,
  jsonnet: () => 'Render it with jsonnet, and save the JSON in this folder.',
  jsonnetLib: () => 'Render it with jsonnet, and save the JSON in this folder.',
};

const notHere = (spec: Fields): WrappedFault => {
  const path = Object.keys(remedies).find(
    (name) => spec[name] !== undefined && spec[name] !== null,
  );
  if (!path)
    return { fault: 'no-dashboard', path: 'json', message: 'The object has no dashboard.' };
  return {
    fault: 'remote-dashboard',
    path,
    value: spec[path],
    remedy: remedies[path]!(spec[path] as never),
  };
};

/** Data sources that the operator selects for inputs; the dashboard may not name them. */
const withInputs = (json: unknown, sources: unknown): unknown => {
  if (typeof json !== 'object' || json === null || !Array.isArray(sources)) return json;
  const { __inputs: inputs } = json as { readonly __inputs?: unknown };
  const declared: readonly { readonly name?: unknown }[] = Array.isArray(inputs) ? inputs : [];
  const added = sources.flatMap(({ inputName: name, datasourceName }) =>
    typeof name !== 'string' || declared.some((one) => one.name === name)
      ? []
      : [{ name, type: 'datasource', pluginId: typeOf(`${name} ${datasourceName}`) }],
  );
  return { ...json, __inputs: [...declared, ...added] };
};

/** The type of a data source with these names: that of logs or traces, or else of metrics. */
const typeOf = (names: string): string =>
  ['loki', 'tempo', 'jaeger', 'alertmanager', 'elasticsearch', 'influxdb'].find((type) =>
    names.toLowerCase().includes(type),
  ) ?? 'prometheus';
