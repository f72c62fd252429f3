import type { PodSelection } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import { slicesOf } from './api-server.js';
import { isAddress } from './blocks.js';
import type { Found } from './found.js';
import { argumentsOf, hasLabels, objectsOf, podWith, type Reading } from './reading.js';

/** The DNS servers of a cluster. */
export interface DnsFacts {
  readonly pods?: Found<PodSelection>;
  /** The port of the pods. */
  readonly port?: Found<number>;
  readonly metricsPort?: Found<number>;
  /** Addresses of the cache on each node. */
  readonly localAddresses?: Found<readonly string[]>;
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
}

/** The Service of the DNS server: by the labels of CoreDNS's manifests and of OpenShift's operator. */
const isDns = (service: KubernetesObject): boolean =>
  service.metadata.name !== 'kube-dns-upstream' &&
  (hasLabels(service, { 'k8s-app': 'kube-dns' }) ||
    hasLabels(service, { 'dns.operator.openshift.io/owning-dns': 'default' }) ||
    (service.metadata.namespace === 'kube-system' && service.metadata.name === 'kube-dns')) &&
  portsOf(service).some(({ port }) => port === 53);

const portsOf = ({ spec }: KubernetesObject): ServicePort[] => spec?.ports ?? [];

/** The pods behind the DNS Service, their ports, and the cache on each node. */
export const dnsFacts = (reading: Reading): DnsFacts => {
  const service = objectsOf(reading, 'Service').find(isDns);
  const { name = '', namespace = '' } = service?.metadata ?? {};
  const labels: Readonly<Record<string, string>> | undefined = service?.spec?.selector;
  const from = `Service ${namespace}/${name}`;
  const port = service && podPort(reading, service, ({ port: own }) => own === 53);
  const metricsPort =
    service &&
    (podPort(reading, service, (one) => one.name === 'metrics') ??
      containerPort(podWith(reading, labels ?? {}, namespace), 'metrics'));
  const local = localAddresses(reading);
  return {
    ...(service && labels && { pods: { value: { namespace, labels }, from } }),
    ...(port && { port: { value: port, from } }),
    ...(metricsPort && { metricsPort: { value: metricsPort, from } }),
    ...(local && { localAddresses: local }),
  };
};

/** The port of the pods: a number in the EndpointSlices, or that of the Service. */
const podPort = (
  reading: Reading,
  service: KubernetesObject,
  wanted: (port: ServicePort) => boolean,
): number | undefined => {
  const own = portsOf(service).find(wanted);
  if (!own) return undefined;
  const { name = '', namespace = '' } = service.metadata;
  const inSlices = slicesOf(reading, namespace, name)
    .flatMap((slice): ServicePort[] => slice.ports ?? [])
    .find((port) => (port.name ?? '') === (own.name ?? ''))?.port;
  if (inSlices) return inSlices;
  if (typeof own.targetPort === 'number') return own.targetPort;
  const named = own.targetPort;
  const pod = podWith(reading, service.spec?.selector ?? {}, namespace);
  return named ? containerPort(pod, named) : own.port;
};

const containerPort = (pod: KubernetesObject | undefined, name: string): number | undefined =>
  (pod?.spec?.containers ?? [])
    .flatMap(({ ports = [] }: { ports?: { name?: string; containerPort: number }[] }) => ports)
    .find((port: { name?: string }) => port.name === name)?.containerPort;

/**
 * The addresses on which node-local DNS listens, in its argument `-localip`: that of its link, and with
 * iptables also that of the DNS Service.
 * https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
const localAddresses = (reading: Reading): Found<readonly string[]> | undefined => {
  const pod = podWith(reading, { 'k8s-app': 'node-local-dns' });
  if (!pod) return undefined;
  const args = argumentsOf(pod);
  const index = args.findIndex((one) => /^--?localip/.test(one));
  const text = args[index]?.split('=')[1] ?? args[index + 1] ?? '';
  const value = text.split(',').filter(isAddress);
  return value.length > 0
    ? { value, from: `pods k8s-app: node-local-dns, argument -localip` }
    : undefined;
};
