import type { KubernetesObject } from '../model/manifest.js';

/** A kind of objects that is listed to learn about a cluster. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Its name in paths and for kubectl. */
  readonly plural: string;
  /** What follows from these objects. */
  readonly use: string;
  /** Whether clusters can lack this API. @default false */
  readonly optional?: true;
}

/** Everything that is read. Secrets and ConfigMaps are not among it. */
export const resources: readonly Resource[] = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    plural: 'nodes',
    use: 'platform, version, addresses, container runtime',
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    plural: 'pods',
    use: 'their number, DNS, network plugin, ingress controllers, ports of nodes in use',
  },
  { apiVersion: 'v1', kind: 'Service', plural: 'services', use: 'the API server, DNS' },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    use: 'addresses of the API servers, ports behind Services',
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    plural: 'servicecidrs',
    use: 'the range of Services',
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    plural: 'storageclasses',
    use: 'the default class',
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    plural: 'ingressclasses',
    use: 'ways to expose Grafana',
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    plural: 'priorityclasses',
    use: 'classes for the pods',
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    plural: 'apiservices',
    use: 'the APIs of platforms and operators',
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    plural: 'gateways',
    use: 'ways to expose Grafana',
    optional: true,
  },
];

/** Whether a cluster may have such objects: not if its APIs are known, and are without that of an optional kind. */
export const isListed = (
  { apiVersion, optional }: Resource,
  objects: readonly KubernetesObject[],
): boolean => {
  const apis = objects.filter(({ kind }) => kind === 'APIService');
  const [group] = apiVersion.split('/');
  return !optional || apis.length === 0 || apis.some(({ spec }) => spec?.group === group);
};

const groupOf = ({ apiVersion }: Resource): string =>
  apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';

/** The path that lists all objects of a resource. */
export const listPath = ({ apiVersion, plural }: Resource): string =>
  `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/${plural}`;

const kubectlGet = (some: readonly Resource[], file: string): string =>
  `kubectl get --all-namespaces --output=json ${some.map((one) => `${one.plural}${groupOf(one)}`).join(',')} > ${file}`;

/** The kubectl commands that save what is read. The second one fails without these APIs. */
export const kubectlCommands: readonly string[] = [
  kubectlGet(
    resources.filter((one) => !one.optional),
    'cluster.json',
  ),
  kubectlGet(
    resources.filter((one) => one.optional),
    'gateways.json',
  ),
];
