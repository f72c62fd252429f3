import type { Place } from './place.js';

/** Faults that no check could tell from what is right: counted apart, each class with its reason. */
export interface Harmless {
  readonly name: string;
  readonly reason: string;
  readonly holds: (operator: string, place: Place) => boolean;
}

/** What Kubernetes fills in, by the end of the path. */
const defaults: readonly [RegExp, unknown][] = [
  [/\.protocol$/, 'TCP'],
  [/\.scheme$/, 'HTTP'],
  [/(Probe|startupProbe)\.periodSeconds$/, 10],
  [/\.imagePullPolicy$/, 'IfNotPresent'],
  [/\.fieldRef\.apiVersion$/, 'v1'],
  [/^spec\.replicas$/, 1],
  [/\.terminationGracePeriodSeconds$/, 30],
  [/^spec\.(updateStrategy|strategy)\.type$/, 'RollingUpdate'],
  [/RetentionPolicy\.when(Deleted|Scaled)$/, 'Retain'],
  [/^roleRef\.apiGroup$/, 'rbac.authorization.k8s.io'],
  [/\.volumeMode$/, 'Filesystem'],
  [/\.serviceAccountToken\.expirationSeconds$/, 3600],
];
const retain = { whenDeleted: 'Retain', whenScaled: 'Retain' };

export const harmless: readonly Harmless[] = [
  {
    name: 'said by default',
    reason: 'Kubernetes fills in the same value.',
    holds: (operator, { path, was, object }) =>
      operator === 'drop-field' &&
      (defaults.some(([end, value]) => end.test(path) && was === value) ||
        (/RetentionPolicy$/.test(path) && JSON.stringify(was) === JSON.stringify(retain)) ||
        // A policy is for what comes in, and for what goes out where it has rules for it.
        (path === 'spec.policyTypes' && (object.spec.egress ?? []).length > 0) ||
        (path === 'spec.podSelector' && JSON.stringify(was) === '{}') ||
        (/^spec\.updateStrategy$/.test(path) &&
          JSON.stringify(was) === '{"type":"RollingUpdate"}') ||
        // The API server takes the port for the target, which it is by name.
        (/\.targetPort$/.test(path) && object.kind === 'Service')),
  },
  {
    name: 'denied all the same',
    reason: 'The default-deny policy of the namespace isolates the pods in both directions.',
    holds: (operator, { path }) => operator === 'drop-field' && path === 'spec.policyTypes',
  },
  {
    name: 'labels for people',
    reason: 'Nothing selects these objects by their labels.',
    holds: (operator, { path, object }) =>
      operator === 'drop-field' &&
      (/template\.metadata\.labels\.app\.kubernetes\.io\/(managed-by|part-of)$/.test(path) ||
        (path.startsWith('metadata.labels') &&
          !/pod-security/.test(path) &&
          (object.kind !== 'Namespace' || path !== 'metadata.labels'))),
  },
  {
    name: 'a name that nobody uses',
    reason: 'The port is referred to by its number alone, and a Service has no second one.',
    holds: (operator, { path }) => operator === 'drop-field' && /\.ports\.\d+\.name$/.test(path),
  },
  {
    name: 'asked less often',
    reason: 'By default the kubelet asks every ten seconds instead of five: it waits five more.',
    holds: (operator, { path, was }) =>
      operator === 'drop-field' && /Probe\.periodSeconds$/.test(path) && was === 5,
  },
  {
    name: 'read-only anyway',
    reason: 'Kubernetes mounts ConfigMaps, Secrets and tokens read-only whatever the mount says.',
    holds: (operator, { path }) =>
      ['drop-field', 'loosen-security'].includes(operator) &&
      /volumeMounts\.\d+\.readOnly$/.test(path),
  },
  {
    name: 'said twice',
    reason: 'The pod says it for all containers, and each container for itself.',
    holds: (operator, { path }) =>
      operator === 'drop-field' &&
      /securityContext(\.(runAsNonRoot|seccompProfile|runAsUser|runAsGroup))?$/.test(path),
  },
  {
    name: 'the same namespace',
    reason: 'Without a namespace selector a peer is in the namespace of the policy, where it is.',
    holds: (operator, { path, was, object }) =>
      operator === 'drop-field' &&
      path.endsWith('.namespaceSelector') &&
      JSON.stringify(was).includes(`:"${object.metadata.namespace}"`),
  },
  {
    name: 'a file that nobody reads',
    reason:
      'Clients of the API find the namespace of their pod beside the token; none of ours asks for it.',
    holds: (_, { was, path }) =>
      JSON.stringify(was).includes('metadata.namespace') && /downwardAPI|sources/.test(path),
  },
  {
    name: 'no volume that it writes',
    reason: 'The group is for volumes that the pod writes, and it has none.',
    holds: (operator, { path, object }) =>
      operator === 'drop-field' &&
      /securityContext\.fsGroup/.test(path) &&
      (/ChangePolicy/.test(path) || !object.spec.volumeClaimTemplates),
  },
  {
    name: 'the only port',
    reason:
      'The pod or its object names one port, and it is found under that without a step that sets it.',
    holds: (operator, { path }) =>
      operator === 'drop-option' &&
      /\.relabel_configs(\.\d+(\.(source_labels|regex|replacement))?)?$/.test(path),
  },
  {
    name: 'a name of its own',
    reason: 'A pipeline is called as one likes; no other place names it.',
    holds: (operator, { path }) =>
      operator === 'misspell-option' && /service\.pipelines\.[^.]+$/.test(path),
  },
];

export const harmlessClassOf = (operator: string, place: Place): Harmless | undefined =>
  harmless.find((one) => one.holds(operator, place));
