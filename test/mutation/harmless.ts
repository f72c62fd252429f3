import type { Place } from './place.js';

/**
 * Faults without consequences, which no check can detect: counted separately, each class with its
 * reason.
 */
export interface Harmless {
  readonly name: string;
  readonly reason: string;
  readonly holds: (operator: string, place: Place) => boolean;
}

/** Default values of Kubernetes, by the end of the path. */
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
    name: 'default values',
    reason: 'Kubernetes fills in the same value.',
    holds: (operator, { path, was, object }) =>
      operator === 'drop-field' &&
      (defaults.some(([end, value]) => end.test(path) && was === value) ||
        (/RetentionPolicy$/.test(path) && JSON.stringify(was) === JSON.stringify(retain)) ||
        // By default a policy applies to ingress, and to egress only if it has egress rules.
        (path === 'spec.policyTypes' && (object.spec.egress ?? []).length > 0) ||
        (path === 'spec.podSelector' && JSON.stringify(was) === '{}') ||
        (/^spec\.updateStrategy$/.test(path) &&
          JSON.stringify(was) === '{"type":"RollingUpdate"}') ||
        // The API server uses the port as the target port, and here the target is a name.
        (/\.targetPort$/.test(path) && object.kind === 'Service')),
  },
  {
    name: 'denied in any case',
    reason: 'The default-deny policy of the namespace isolates the pods in both directions.',
    holds: (operator, { path }) => operator === 'drop-field' && path === 'spec.policyTypes',
  },
  {
    name: 'labels without a function',
    reason: 'Nothing selects these objects by their labels.',
    holds: (operator, { path, object }) =>
      operator === 'drop-field' &&
      (/template\.metadata\.labels\.app\.kubernetes\.io\/(managed-by|part-of|version)$/.test(
        path,
      ) ||
        (path.startsWith('metadata.labels') &&
          !/pod-security/.test(path) &&
          (object.kind !== 'Namespace' || path !== 'metadata.labels'))),
  },
  {
    name: 'a protocol without a value',
    reason: 'Meshes and gateways then detect it, or take plain TCP.',
    holds: (operator, { path }) => operator === 'drop-field' && path.endsWith('.appProtocol'),
  },
  {
    name: 'an unused name',
    reason: 'The port is used only by its number, and a Service has no second one.',
    holds: (operator, { path }) => operator === 'drop-field' && /\.ports\.\d+\.name$/.test(path),
  },
  {
    name: 'a longer interval',
    reason: 'By default the kubelet probes every ten seconds instead of five: it waits five more.',
    holds: (operator, { path, was }) =>
      operator === 'drop-field' && /Probe\.periodSeconds$/.test(path) && was === 5,
  },
  {
    name: 'read-only anyway',
    reason:
      'Kubernetes mounts ConfigMaps, Secrets and tokens read-only with any value of the mount.',
    holds: (operator, { path }) =>
      ['drop-field', 'loosen-security'].includes(operator) &&
      /volumeMounts\.\d+\.readOnly$/.test(path),
  },
  {
    name: 'repeated values',
    reason: 'The pod sets it for all containers, and each container sets it for itself.',
    holds: (operator, { path }) =>
      operator === 'drop-field' &&
      /securityContext(\.(runAsNonRoot|seccompProfile|runAsUser|runAsGroup))?$/.test(path),
  },
  {
    name: 'the same namespace',
    reason:
      'Without a namespace selector a peer is in the namespace of the policy, and this is the same.',
    holds: (operator, { path, was, object }) =>
      operator === 'drop-field' &&
      path.endsWith('.namespaceSelector') &&
      JSON.stringify(was).includes(`:"${object.metadata.namespace}"`),
  },
  {
    name: 'an unused file',
    reason:
      'Clients of the API find the namespace of their pod next to the token; ours do not use it.',
    holds: (_, { was, path }) =>
      JSON.stringify(was).includes('metadata.namespace') && /downwardAPI|sources/.test(path),
  },
  {
    name: 'no writable volume',
    reason: 'The group is for volumes that the pod writes to, and it has none.',
    holds: (operator, { path, object }) =>
      operator === 'drop-field' &&
      /securityContext\.fsGroup/.test(path) &&
      (/ChangePolicy/.test(path) || !object.spec.volumeClaimTemplates),
  },
  {
    name: 'the only port',
    reason: 'The pod or its object has one port, which is discovered without a step that sets it.',
    holds: (operator, { path }) =>
      operator === 'drop-option' &&
      /\.relabel_configs(\.\d+(\.(source_labels|regex|replacement))?)?$/.test(path),
  },
  {
    name: 'underscores that nobody needs',
    reason:
      'CoreDNS reads the port and the protocol in the name of an SRV record also without them.',
    holds: (operator, { was }) =>
      operator === 'misspell-record' && /^(?:_[^.]+\.tcp|[^_.][^.]*\._tcp)\.[^:]*$/.test(`${was}`),
  },
  {
    name: 'a free name',
    reason: 'A pipeline can have any name; no other place uses it.',
    holds: (operator, { path }) =>
      operator === 'misspell-option' && /service\.pipelines\.[^.]+$/.test(path),
  },
];

export const harmlessClassOf = (operator: string, place: Place): Harmless | undefined =>
  harmless.find((one) => one.holds(operator, place));
