import { describe, expect, test } from 'vitest';
import type { Party } from '../../src/model/party.js';
import { nameServers } from '../../src/parties/dns.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { environmentOf } from './environment.js';

const pods = (app: string) => ({
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': app },
});
const local = (...cidrs: string[]) => ({ kind: 'addresses', cidrs, ciliumEntity: 'host' });

/** The location of each name server, and the port of its metrics. */
const outline = (parties: readonly Party[]) =>
  parties.map(({ name, workloads, endpoints }) => [
    name,
    ...Object.values(workloads),
    ...(endpoints.metrics ? [endpoints.metrics.port] : []),
  ]);

describe.each(['kubeadm', 'kind', 'k3s', 'eks', 'minikube', 'rke2', 'talos'] as const)(
  'on %s',
  (platform) => {
    test('CoreDNS resolves names, and is scraped', () => {
      expect(outline(nameServers(environmentOf({}, { platform })))).toEqual([
        ['coredns', pods('kube-dns'), 9153],
      ]);
    });
  },
);

test('GKE has kube-dns without known metrics, a cache in pods, and addresses on the node', () => {
  expect(outline(nameServers(environmentOf({}, { platform: 'gke' })))).toEqual([
    ['kube-dns', pods('kube-dns')],
    ['node-local-dns', pods('node-local-dns')],
    ['node-local-resolver', local('169.254.20.10/32', '169.254.169.254/32')],
  ]);
});

test('AKS has CoreDNS and addresses on the node', () => {
  expect(outline(nameServers(environmentOf({}, { platform: 'aks' })))).toEqual([
    ['coredns', pods('kube-dns'), 9153],
    ['node-local-resolver', local('169.254.10.10/32', '169.254.10.11/32')],
  ]);
});

test('the local addresses of the environment replace those of the platform', () => {
  const dns = { localAddresses: ['169.254.20.10', 'fd00::10'] };
  expect(outline(nameServers(environmentOf({}, { platform: 'aks', dns })))).toEqual([
    ['coredns', pods('kube-dns'), 9153],
    ['node-local-resolver', local('169.254.20.10/32', 'fd00::10/128')],
  ]);
  const none = environmentOf({}, { platform: 'aks', dns: { localAddresses: [] } });
  expect(outline(nameServers(none))).toEqual([['coredns', pods('kube-dns'), 9153]]);
});

test('each server listens on port 53, over UDP and TCP', () => {
  for (const { endpoints } of nameServers(environmentOf({}, { platform: 'gke' }))) {
    expect(endpoints).toEqual({
      'dns-udp': { port: 53, protocol: 'UDP', offers: [{ capability: 'dns' }] },
      'dns-tcp': { port: 53, scheme: 'tcp', offers: [{ capability: 'dns' }] },
    });
  }
});

test('on OpenShift, policies use the port of the pods, and clients that of the Service', () => {
  const [server] = nameServers(environmentOf({}, { platform: 'openshift' }));
  expect(server).toMatchObject({
    workloads: {
      coredns: {
        namespace: 'openshift-dns',
        labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      },
    },
    endpoints: {
      'dns-udp': { port: 5353, servicePort: 53, protocol: 'UDP' },
      'dns-tcp': { port: 5353, servicePort: 53 },
    },
  });
  const { egress } = shippedBy(
    build({
      ...minimal,
      nodeExporter: { port: 9110 },
      cluster: {
        ...minimal.cluster,
        platform: 'openshift',
        storageClass: { name: 'fast', expandable: true },
      },
    }),
  ).policy('crowsnest-grafana');
  expect(egress.filter((line) => line.includes('openshift-dns'))).toEqual([
    expect.stringMatching(/5353/),
  ]);
  expect(egress.filter((line) => / 53\b/.test(line))).toEqual([]);
});

test('the environment can state the pods and the ports of another DNS server', () => {
  const dns = {
    pods: { namespace: 'dns', labels: { app: 'coredns' } },
    port: 1053,
    metricsPort: 9153,
  };
  const [server] = nameServers(environmentOf({}, { platform: 'kubeadm', dns }));
  expect(server).toMatchObject({
    workloads: { coredns: { kind: 'pods', ...dns.pods } },
    endpoints: { 'dns-tcp': { port: 1053, servicePort: 53 }, metrics: { port: 9153 } },
  });
});
