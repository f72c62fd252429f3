/**
 * Writes src/checks/objects/schema/kubernetes.json: a strict JSON schema of each supported kind.
 *
 * Needs `go` on the path: the sources are Go modules, and the module proxy checks their sums.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { Schema } from '../../src/checks/objects/schema/schema.js';
import { additions } from './kubernetes-additions.js';

const kubernetes = 'k8s.io/kubernetes@v1.36.3';
const customResources = {
  'github.com/bitnami-labs/sealed-secrets@v0.40.0': [
    'helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml',
  ],
  'github.com/cilium/cilium@v1.20.2': [
    'pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml',
  ],
  'github.com/external-secrets/external-secrets@v1.3.2': [
    'config/crds/bases/external-secrets.io_externalsecrets.yaml',
  ],
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': [
    'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
  ],
  'sigs.k8s.io/gateway-api@v1.6.3': [
    'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  ],
};

const kept = [
  ...['$ref', 'type', 'format', 'enum', 'pattern', 'required', 'minimum', 'maximum'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems'],
];
// The API server does not validate these.
const ignoredFormats = new Set(['int64', 'double', 'idn-hostname']);
const scalars: Record<string, Schema> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['string', 'number'],
    format: 'quantity',
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
    type: ['integer', 'string'],
    format: 'count',
  },
};

// biome-ignore lint/suspicious/noExplicitAny: somebody else's JSON, read once
type Json = any;

/** Schemas of one source, before they are complete. */
interface Draft {
  readonly kinds: Record<string, string>;
  readonly definitions: Record<string, Json>;
}

const folderOf = (module: string): string =>
  JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' })).Dir;

/** The parts of a published schema that a validator needs; unknown fields are rejected. */
const strict = (source: Json): Json => {
  const scalar = scalars[source.$ref?.split('/').pop()];
  if (scalar) return { ...scalar };
  const schema: Json = Object.fromEntries(
    kept.flatMap((k) => (k in source ? [[k, source[k]]] : [])),
  );
  if (ignoredFormats.has(schema.format)) delete schema.format;
  // Go allows a Unicode class without braces, JavaScript does not.
  if (schema.pattern) schema.pattern = schema.pattern.replace(/\\([pP])([A-Z])/g, '\\$1{$2}');
  // JavaScript has no flags inside of a pattern.
  if (schema.pattern?.includes('(?i)')) delete schema.pattern;
  if (source['x-kubernetes-int-or-string']) schema.type = ['integer', 'string'];
  // These alternatives only define which of several fields are required.
  for (const union of ['oneOf', 'anyOf']) {
    const branches: Json[] = source[union] ?? [{}];
    if (branches.every(({ required }) => required))
      schema[union] = branches.map(({ required }) => ({ required }));
  }
  if (source.items) schema.items = strict(source.items);
  if (source.properties) {
    schema.properties = Object.fromEntries(
      Object.entries(source.properties).map(([name, value]) => [name, strict(value)]),
    );
    if (!source['x-kubernetes-preserve-unknown-fields']) schema.additionalProperties = false;
  } else if (typeof source.additionalProperties === 'object') {
    schema.additionalProperties = strict(source.additionalProperties);
  }
  return schema;
};

/**
 * The enums of Kubernetes by `group_version_Type`, then field. An API server publishes them, but the
 * committed OpenAPI file does not have them: https://github.com/kubernetes/kubernetes/issues/109177
 */
const enumsIn = (generated: string): Map<string, [field: string, values: string[]][]> => {
  const enums = new Map<string, [string, string[]][]>();
  let type = '';
  let field = '';
  for (const line of generated.split('\n')) {
    type = line.match(/^func schema_\w*?([a-z0-9]+_v\w+?_[A-Za-z0-9]+)\(/)?.[1] ?? type;
    field = line.match(/^\t{5}"(.+)": \{$/)?.[1] ?? field;
    const values = line.match(/^\t+Enum: +\[\]interface\{\}\{(.*)\},$/)?.[1];
    if (!values) continue;
    enums.set(type, [...(enums.get(type) ?? []), [field, JSON.parse(`[${values}]`)]]);
  }
  return enums;
};

const kubernetesSchemas = (folder: string): Draft => {
  const swagger = JSON.parse(readFileSync(`${folder}/api/openapi-spec/swagger.json`, 'utf8'));
  const enums = enumsIn(
    readFileSync(`${folder}/pkg/generated/openapi/zz_generated.openapi.go`, 'utf8'),
  );
  const kinds: Record<string, string> = {};
  const definitions: Record<string, Json> = {};
  const add = (name: string): void => {
    if (definitions[name]) return;
    const source = swagger.definitions[name];
    const definition = strict(source);
    definitions[name] = definition;
    for (const [field, values] of enums.get(name.split('.').slice(-3).join('_')) ?? []) {
      const schema = definition.properties[field];
      (schema.items ?? schema).enum = values;
    }
    // Controllers write the status, so manifests do not have it.
    if (source['x-kubernetes-group-version-kind'] && definition.properties.status)
      definition.properties.status = { type: 'object' };
    for (const [, target] of JSON.stringify(definition).matchAll(/"#\/definitions\/([^"]+)"/g))
      add(target as string);
  };
  for (const [path, { patch }] of Object.entries<Json>(swagger.paths)) {
    // Only kinds with names that can be applied and are served by default.
    if (!patch || !path.endsWith('/{name}')) continue;
    const { group, version, kind } = patch['x-kubernetes-group-version-kind'];
    if (/alpha|beta/.test(version)) continue;
    const name = patch.responses[200].schema.$ref.split('/').pop();
    kinds[`${group ? `${group}/` : ''}${version} ${kind}`] = name;
    add(name);
  }
  return { kinds, definitions };
};

const customSchemas = (file: string): Draft => {
  const { spec } = parse(readFileSync(file, 'utf8'));
  const { name: version, schema } = spec.versions.find((v: Json) => v.storage);
  const name = `${spec.group}.${version}.${spec.names.kind}`;
  const { properties, ...rest } = strict(schema.openAPIV3Schema);
  const specRef = { $ref: `#/definitions/${name}Spec` };
  if (isDeepStrictEqual(properties.specs?.items, properties.spec)) properties.specs.items = specRef;
  const metadata = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
  const status = { type: 'object' };
  return {
    kinds: { [`${spec.group}/${version} ${spec.names.kind}`]: name },
    definitions: {
      [name]: { ...rest, properties: { ...properties, metadata, spec: specRef, status } },
      [`${name}Spec`]: properties.spec,
    },
  };
};

const drafts = [kubernetesSchemas(folderOf(kubernetes))];
for (const [module, files] of Object.entries(customResources)) {
  const folder = folderOf(module);
  drafts.push(...files.map((file) => customSchemas(`${folder}/${file}`)));
}
const kinds: Draft['kinds'] = Object.assign({}, ...drafts.map((draft) => draft.kinds));
const definitions: Draft['definitions'] = Object.assign(
  {},
  ...drafts.map((draft) => draft.definitions),
);

for (const [name, { properties = {}, required = [], ...rest }] of Object.entries(additions)) {
  const definition = definitions[name];
  for (const [field, schema] of Object.entries(properties))
    Object.assign(definition.properties[field], schema);
  Object.assign(definition, rest);
  if (required.length) definition.required = [...(definition.required ?? []), ...required];
}
for (const [name, definition] of Object.entries(definitions)) {
  if (!name.startsWith('io.k8s.')) continue;
  // In Go, a spec is a value: a missing spec is a spec without its required fields.
  const spec = definitions[definition.properties?.spec?.$ref?.split('/').pop()];
  if ((spec?.required ?? spec?.anyOf) && !definition.required?.includes('spec'))
    definition.required = [...(definition.required ?? []), 'spec'];
  // An empty string also counts as missing, unless any value is allowed.
  for (const field of definition.required ?? []) {
    const property = definition.properties[field];
    const isFree = property.enum || property.format || field === 'value';
    if (property.type === 'string' && !isFree) property.minLength = 1;
  }
}

/** One line for each entry, sorted, so that a diff of two versions is readable. */
const lines = (entries: Record<string, unknown>): string =>
  Object.keys(entries)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(entries[name])}`)
    .join(',\n');

const file = new URL('../../src/checks/objects/schema/kubernetes.json', import.meta.url);
const modules = JSON.stringify([kubernetes, ...Object.keys(customResources)]);
writeFileSync(
  file,
  `{"sources":${modules},\n"kinds":{\n${lines(kinds)}\n},\n"definitions":{\n${lines(definitions)}\n}}\n`,
);
