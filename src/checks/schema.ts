import { readFileSync } from 'node:fs';
import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { once } from '../model/once.js';
import { sourceFolder } from '../model/source-folder.js';
import { kindFaultOf, kindOf } from './schema/kind.js';
import type { Schema, Schemas } from './schema/schema.js';
import { type Fault, validate } from './schema/validate.js';

type Result = Omit<Finding, 'check'>;

const schemas: Schemas = JSON.parse(
  readFileSync(new URL('checks/data/kubernetes.json', sourceFolder), 'utf8'),
);

// Names of these are held to other rules than those of most kinds.
const nameFormats: Readonly<Record<string, string>> = {
  'v1 Namespace': 'dns-label',
  // Kubernetes 1.36 lets a digit come first; older clusters refuse it.
  'v1 Service': 'dns-1035-label',
  'apps/v1 StatefulSet': 'dns-label',
  'rbac.authorization.k8s.io/v1 ClusterRole': 'path-segment',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': 'path-segment',
  'rbac.authorization.k8s.io/v1 Role': 'path-segment',
  'rbac.authorization.k8s.io/v1 RoleBinding': 'path-segment',
};

const check: Check = {
  summary: 'Every Kubernetes object is valid against a strict schema of its kind.',
  run: ({ manifests }) => [
    ...manifests.flatMap((one) => faultsOf(one)),
    ...unknownKinds(manifests),
    ...duplicates(manifests),
  ],
};

export default check;

const faultsOf = once((manifest: Manifest): Result[] =>
  validate(manifest.object, schemaOf(kindOf(manifest.object)), schemas.definitions).map((fault) =>
    resultOf(manifest, { severity: 'error', ...fault }),
  ),
);

/** The schema of a kind, with what only an object of its own must have; a template needs no name. */
const schemaOf = (kind: string): Schema => {
  const { definitions, kinds } = schemas;
  // Of a kind without a schema the metadata are known all the same.
  const definition = definitions[kinds[kind] ?? ''];
  const meta = definitions['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'];
  const name: Schema = { type: 'string', format: nameFormats[kind] ?? 'dns-subdomain' };
  const metadata = { ...meta, properties: { ...meta?.properties, name }, required: ['name'] };
  return {
    ...definition,
    properties: { ...definition?.properties, metadata },
    required: [...(definition?.required ?? []), 'apiVersion', 'kind', 'metadata'],
  };
};

const unknownKinds = (manifests: readonly Manifest[]): Result[] => {
  const warned = new Set<string>();
  return manifests.flatMap((manifest) => {
    const fault = kindFaultOf(manifest.object, schemas);
    const kind = kindOf(manifest.object);
    if (!fault || warned.has(kind)) return [];
    // Each of these has to be mended; of a kind unknown here it is enough to hear once.
    if (fault.severity === 'warning') warned.add(kind);
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
        severity: 'error',
        path: 'metadata.name',
        value: metadata?.name,
        message: `${first.construct} makes an object of the same kind, namespace and name.`,
        why: 'Whichever is applied last overwrites the other.',
        remedy: 'Give one of them another name, or remove it.',
      }),
    ];
  });
};

const resultOf = (
  { object, construct }: Manifest,
  { path, ...fault }: Fault & Pick<Finding, 'severity'>,
): Result => ({
  place: { object: object.metadata ? titleOf(object) : `${object.kind}`, construct, path },
  ...fault,
});
