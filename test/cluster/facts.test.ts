import { describe, expect, test } from 'vitest';
import { apiServerFacts } from '../../src/cluster/api-server.js';
import { blocksOf, overlap } from '../../src/cluster/blocks.js';
import { dnsFacts } from '../../src/cluster/dns.js';
import { gatewayFacts, ingressFacts } from '../../src/cluster/ingress.js';
import { monitoringFacts } from '../../src/cluster/monitoring.js';
import { networkPlugin } from '../../src/cluster/network-plugin.js';
import { nodeFacts } from '../../src/cluster/nodes.js';
import { proposedSize } from '../../src/cluster/size.js';
import { storageFact } from '../../src/cluster/storage.js';
import { readingOf } from './environments.js';
import { api, dns, ingressClass, node, pod, slice, storageClass } from './objects.js';

describe('blocks', () => {
  const rule = { smallest: 24, largest: 20 };
  test.each([
    [['10.0.0.7'], ['10.0.0.0/24']],
    [['10.0.0.7', '10.0.0.250'], ['10.0.0.0/24']],
    [['10.0.0.7', '10.0.1.7'], ['10.0.0.0/23']],
    [
      ['10.0.200.7', '10.0.1.7', '10.0.1.9'],
      ['10.0.1.0/24', '10.0.200.0/24'],
    ],
    [
      ['192.168.9.1', '10.0.0.1'],
      ['10.0.0.0/24', '192.168.9.0/24'],
    ],
    [
      ['2001:db8::1', '10.0.0.1'],
      ['10.0.0.0/24', '2001:db8::/64'],
    ],
    [
      ['2001:db8:0:1::5', '2001:db8:0:2::5'],
      ['2001:db8:0:1::/64', '2001:db8:0:2::/64'],
    ],
    [[], []],
  ])('of %j are %j', (addresses, blocks) => {
    expect(blocksOf(addresses, rule)).toEqual(blocks);
  });

  test.each([
    ['10.0.0.0/16', '10.0.3.0/24', true],
    ['10.0.3.0/24', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['10.0.0.0/16', '2001:db8::/64', false],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
  });
});

describe('nodes', () => {
  test('have blocks without the addresses of their pods', () => {
    const one = node({
      name: 'a',
      address: '10.0.0.5',
      version: 'v1.36.1',
      podCIDR: '10.0.0.128/25',
    });
    expect(nodeFacts(readingOf([one]), 'kubeadm')?.cidrs.value).toEqual(['10.0.0.5/32']);
  });

  test('have the average of their cores, rounded up', () => {
    const one = node({ name: 'a', address: '10.0.0.5', version: 'v1.36.1' });
    const status = { ...one.status, capacity: { cpu: '7' } };
    const facts = nodeFacts(
      readingOf([one, { ...one, metadata: { name: 'b' }, status }]),
      'kubeadm',
    );
    expect([facts?.count.value, facts?.cores.value]).toEqual([2, 6]);
  });

  test('are unknown if none can be read', () => {
    expect(nodeFacts(readingOf([]), 'kubeadm')).toBeUndefined();
  });
});

describe('the API servers', () => {
  test('of several slices are all there, and nothing is invented without them', () => {
    const ports = [{ name: 'https', port: 6443 }];
    const facts = apiServerFacts(
      readingOf([
        slice('default', 'kubernetes', ['10.0.0.2', '10.0.0.3'], ports),
        slice('other', 'kubernetes', ['10.9.9.9'], ports),
      ]),
      'kubeadm',
    );
    expect(facts).toMatchObject({
      endpointCidrs: { value: ['10.0.0.2/32', '10.0.0.3/32'] },
      endpointPort: { value: 6443 },
    });
    expect(facts.serviceAddress).toBeUndefined();
    expect(apiServerFacts(readingOf([]), 'kubeadm')).toEqual({});
  });
});

describe('DNS', () => {
  test('has the port of its pods, also if the Service names it', () => {
    const [service, , server] = dns({ port: 1053 });
    const named = {
      ...service!,
      spec: { ...service?.spec, ports: [{ name: 'dns', port: 53, targetPort: 'dns' }] },
    };
    expect(dnsFacts(readingOf(dns({ port: 8053 }))).port?.value).toBe(8053);
    expect(dnsFacts(readingOf([named, server!])).port?.value).toBe(1053);
    expect(dnsFacts(readingOf([named])).port).toBeUndefined();
  });

  test.each([
    [['-localip', '169.254.20.10,10.96.0.10', '-conf', '/etc/Corefile']],
    [['-localip=169.254.20.10,10.96.0.10']],
  ])('has the addresses of its cache on nodes: %j', (args) => {
    const cache = pod('kube-system', 'node-local-dns-a', {
      labels: { 'k8s-app': 'node-local-dns' },
      args,
    });
    expect(dnsFacts(readingOf([cache])).localAddresses?.value).toEqual([
      '169.254.20.10',
      '10.96.0.10',
    ]);
  });
});

describe('the network plugin', () => {
  const cilium = pod('kube-system', 'cilium-a', { labels: { 'k8s-app': 'cilium' } });

  test.each([
    ['kubeadm', 'cilium'],
    ['aks', 'cilium'],
    // Dataplane V2 has no policies of Cilium's kind.
    ['gke', 'kubernetes'],
  ] as const)('Cilium on %s has the option %s', (platform, option) => {
    expect(networkPlugin(readingOf([cilium, api('cilium.io')]), platform).option).toBe(option);
  });

  test.each([
    [['--enable-network-policy=true'], true],
    [['--enable-network-policy=false'], false],
    [[], false],
  ])('of Amazon with %j enforces policies: %s', (args, enforces) => {
    const plugin = pod('kube-system', 'aws-node-a', { labels: { 'k8s-app': 'aws-node' }, args });
    expect(networkPlugin(readingOf([plugin]), 'eks').enforces).toBe(enforces);
  });

  test('is unknown without known pods, and whether it enforces policies too', () => {
    expect(networkPlugin(readingOf([]), 'kubeadm')).toEqual({
      value: 'unknown',
      from: 'no pods of a known plugin',
      option: 'kubernetes',
    });
  });
});

describe('the storage class', () => {
  test('is the default one, or states that there is none', () => {
    const classes = [
      storageClass('a', 'csi.example.com', { isDefault: false }),
      storageClass('z', 'csi.example.com', { expandable: false }),
    ];
    expect(storageFact(readingOf(classes))).toMatchObject({
      value: { name: 'z', expandable: false },
      isDefault: true,
    });
    expect(storageFact(readingOf(classes.slice(0, 1)))).toMatchObject({
      value: { name: 'a', expandable: true },
      isDefault: false,
      from: 'StorageClass a; none is the default, of: a',
    });
  });

  test('is none whose volumes are made by hand', () => {
    const manual = storageClass('local', 'kubernetes.io/no-provisioner');
    expect(storageFact(readingOf([manual]))).toBeUndefined();
  });
});

describe('the ways in', () => {
  test('have the pods of the controller, with their network, or nothing', () => {
    const labels = {
      'app.kubernetes.io/name': 'ingress-nginx',
      'app.kubernetes.io/component': 'controller',
    };
    const nginx = ingressClass('nginx', 'k8s.io/ingress-nginx');
    const controller = pod('edge', 'controller-a', { labels, hostNetwork: true });
    expect(ingressFacts(readingOf([nginx, controller]))).toEqual([
      {
        name: 'nginx',
        isDefault: false,
        controller: 'k8s.io/ingress-nginx',
        traffic: { namespace: 'edge', labels, hostNetwork: true },
      },
    ]);
    expect(ingressFacts(readingOf([nginx]))[0]?.traffic).toBeUndefined();
    expect(ingressFacts(readingOf([ingressClass('x', 'example.com/own')]))[0]?.traffic).toBe(
      undefined,
    );
  });

  test('have the proxy of a Gateway and its listeners with HTTPS', () => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'public' };
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'edge' },
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          { name: 'http', protocol: 'HTTP' },
          { name: 'https', protocol: 'HTTPS' },
        ],
      },
    };
    expect(gatewayFacts(readingOf([gateway, pod('edge', 'public-istio-0', { labels })]))).toEqual([
      {
        namespace: 'edge',
        name: 'public',
        className: 'istio',
        listeners: ['https'],
        pods: { namespace: 'edge', labels, hostNetwork: false },
      },
    ]);
  });
});

describe('other monitoring', () => {
  const exporter = (port: number, labels = {}) =>
    pod('monitoring', `exporter-${port}`, {
      labels,
      hostNetwork: true,
      ports: [{ containerPort: port }],
    });

  test('moves node-exporter to a free port, with the port behind its proxy', () => {
    const facts = monitoringFacts(
      readingOf([exporter(9101), exporter(9111), api('monitoring.coreos.com')]),
      'kubeadm',
    );
    expect(facts).toEqual({
      operator: { value: true, from: 'the API monitoring.coreos.com' },
      taken: [{ port: 9101, by: 'pod monitoring/exporter-9101' }],
      nodeExporterPort: { value: 9120, from: 'pod monitoring/exporter-9101 has port 9101' },
    });
  });

  test('does not see the pods of Crowsnest, and pods with an address of their own', () => {
    const own = exporter(9100, { 'app.kubernetes.io/part-of': 'crowsnest' });
    const inPod = pod('shop', 'app', { ports: [{ containerPort: 9100 }] });
    expect(monitoringFacts(readingOf([own, inPod]), 'kubeadm')).toEqual({ taken: [] });
  });
});

test.each([
  [1, 40, 'small'],
  [10, 300, 'small'],
  [3, 301, 'medium'],
  [51, 40, 'large'],
  [5000, 100_000, 'large'],
])('the size for %i nodes and %i pods is %s', (nodes, pods, size) => {
  expect(proposedSize(nodes, pods).value).toBe(size);
});
