import { readFileSync } from 'node:fs';
import { defineCheck } from '../../model/check.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import { sourceFolder } from '../../model/source-folder.js';
import { faults, type Result, type SchemaFault } from './schema/faults.js';
import { kindFaultOf, kindOf } from './schema/kind.js';
import type { Schema, Schemas } from './schema/schema.js';
import { validate } from './schema/validate.js';

const schemas: Schemas = JSON.parse(
  readFileSync(new URL('checks/objects/schema/kubernetes.json', sourceFolder), 'utf8'),
);

// Kinds with other rules for names than most kinds.
const nameFormats: Readonly<Record<string, string>> = {
  'v1 Namespace': 'dns-label',
  // Kubernetes 1.36 allows a digit as the first character; older clusters reject it.
  'v1 Service': 'dns-1035-label',
  'apps/v1 StatefulSet': 'dns-label',
  'rbac.authorization.k8s.io/v1 ClusterRole': 'path-segment',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': 'path-segment',
  'rbac.authorization.k8s.io/v1 Role': 'path-segment',
  'rbac.authorization.k8s.io/v1 RoleBinding': 'path-segment',
};

const check = defineCheck({
  faults,
  summary: 'Every Kubernetes object is valid against a strict schema of its kind.',
  run: ({ manifests }) => [
    ...manifests.flatMap((one) => faultsOf(one)),
    ...unknownKinds(manifests),
    ...duplicates(manifests),
  ],
});

export default check;

const faultsOf = memoize((manifest: Manifest): Result[] =>
  validate(manifest.object, schemaOf(kindOf(manifest.object)), schemas.definitions).map((fault) =>
    resultOf(manifest, fault),
  ),
);

/** The schema of a kind, with the fields that an object needs and a template does not, such as a name. */
const schemaOf = memoizeText((kind): Schema => {
  const { definitions, kinds } = schemas;
  // The schema of the metadata also applies to kinds without a schema.
  const definition = definitions[kinds[kind] ?? ''];
  const meta = definitions['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'];
  const name: Schema = { type: 'string', format: nameFormats[kind] ?? 'dns-subdomain' };
  const metadata = { ...meta, properties: { ...meta?.properties, name }, required: ['name'] };
  return {
    ...definition,
    properties: { ...definition?.properties, metadata },
    required: [...(definition?.required ?? []), 'apiVersion', 'kind', 'metadata'],
  };
});

const unknownKinds = (manifests: readonly Manifest[]): Result[] => {
  const warned = new Set<string>();
  return manifests.flatMap((manifest) => {
    const fault = kindFaultOf(manifest.object, schemas);
    const kind = kindOf(manifest.object);
    if (!fault || warned.has(kind)) return [];
    // A kind without a schema is reported once; other faults are reported for each object.
    if (fault.fault === 'no-schema') warned.add(kind);
    return [resultOf(manifest, fault)];
  });
};

const duplicates = (manifests: readonly Manifest[]): Result[] => {
  const firsts = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const { apiVersion, kind, metadata } = manifest.object;
    const group = `${apiVersion}`.split('/').slice(0, -1).join('');
    const key = JSON.stringify([group, kind, metadata?.namespace, metadata?.name]);
    const first = firsts.get(key);
    if (!first) {
      firsts.set(key, manifest);
      return [];
    }
    return [
      resultOf(manifest, {
        path: 'metadata.name',
        value: metadata?.name,
        fault: 'duplicate-object',
        message: `${first.construct} creates an object of the same kind, namespace and name.`,
      }),
    ];
  });
};

const resultOf = ({ object, construct }: Manifest, { path, ...found }: SchemaFault): Result => ({
  place: { object: object.metadata ? titleOf(object) : `${object.kind}`, construct, path },
  ...found,
});
