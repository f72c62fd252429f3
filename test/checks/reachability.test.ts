import { describe, expect, test } from 'vitest';
import reachability from '../../src/checks/network/reachability.js';
import type { CheckInput } from '../../src/model/check.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, without } from './input.js';
import { raw } from './raw.js';

const onKubernetes = build(minimal);
const onCilium = build({ ...minimal, cluster: { ...minimal.cluster, networkPlugin: 'cilium' } });

const ofPrometheus = 'NetworkPolicy crowsnest/crowsnest-prometheus';
const ofGrafana = 'NetworkPolicy crowsnest/crowsnest-grafana';
const entities = 'CiliumNetworkPolicy crowsnest/crowsnest-prometheus-entities';

/** The rule of a policy with a port. */
const rule = (object: Mutable, direction: 'ingress' | 'egress', port: number, index = 0): Mutable =>
  object.spec[direction].filter((one: Mutable) => JSON.stringify(one).includes(`"port":${port}`))[
    index
  ];

/**
 * The blocked connections; other tests below check unneeded openings and the places of findings.
 */
const closures = (input: CheckInput) =>
  reachability
    .run(input)
    .filter(({ fault }) => fault !== 'unneeded-opening' && fault !== 'named-port')
    .map(({ fault, place, value }) => ({
      fault,
      place: place.path?.includes(' -> ') ? { path: place.path } : place,
      ...(value !== undefined && { value }),
    }));

const closed = (capability: string, consumer: string, endpoint: string, value: string) => {
  const finding = { place: { path: `${consumer} -> ${endpoint} (${capability})` }, value };
  return {
    egress: { ...finding, fault: 'blocked-egress' },
    ingress: { ...finding, fault: 'blocked-ingress' },
  };
};

const promql = closed('promql', 'grafana', 'prometheus.web', 'TCP 9090');
const alerts = closed('datasource', 'grafana', 'alertmanager.web', 'TCP 9093');
const spans = closed('datasource', 'grafana', 'jaeger.query', 'TCP 16686');
const grafanaHealth = closed('health', 'blackbox-exporter', 'grafana.web', 'TCP 3000');
const dnsUdp = closed('dns', 'grafana', 'coredns.dns-udp', 'UDP 53');
const dnsTcp = closed('dns', 'grafana', 'coredns.dns-tcp', 'TCP 53');
const grafanaMetrics = closed('metrics', 'prometheus', 'grafana.web', 'TCP 3000');
const kubelet = closed('metrics', 'prometheus', 'kubelet.api', 'TCP 10250');
const exporter = closed('metrics', 'prometheus', 'node-exporter.metrics', 'TCP 9100');
const apiService = closed('kubernetes-api', 'prometheus', 'apiserver.service', 'TCP 443');
const api = closed('kubernetes-api', 'prometheus', 'apiserver.api', 'TCP 6443');
const apiMetrics = closed('metrics', 'prometheus', 'apiserver.metrics', 'TCP 6443');

const noDefaultDeny = (namespace: string) => ({
  place: { object: `Namespace ${namespace}`, construct: `namespaces/${namespace}-namespace` },
  fault: 'no-default-deny',
});

type Case = [
  title: string,
  object: string,
  change: (object: Mutable) => unknown,
  ...findings: object[],
];

const closing: Case[] = [
  [
    'a port that ingress does not allow',
    ofPrometheus,
    (object) => (rule(object, 'ingress', 9090, 1).ports[0].port = 9091),
    promql.ingress,
  ],
  [
    'a port that egress does not allow',
    ofGrafana,
    (object) => (rule(object, 'egress', 9090).ports[0].port = 9091),
    promql.egress,
  ],
  [
    'TCP instead of UDP',
    ofGrafana,
    (object) => (rule(object, 'egress', 53).ports[1].protocol = 'TCP'),
    dnsUdp.egress,
  ],
  [
    'UDP instead of TCP',
    ofGrafana,
    (object) => (rule(object, 'ingress', 3000).ports[0].protocol = 'UDP'),
    grafanaMetrics.ingress,
  ],
  [
    'a policy that selects other pods',
    ofGrafana,
    ({ spec }) => (spec.podSelector.matchLabels['app.kubernetes.io/name'] = 'graphana'),
    grafanaMetrics.ingress,
    dnsUdp.egress,
    dnsTcp.egress,
    promql.egress,
    alerts.egress,
    spans.egress,
    grafanaHealth.ingress,
  ],
  [
    'a rule for other pods',
    ofGrafana,
    (object) =>
      (rule(object, 'egress', 9090).to[0].podSelector.matchLabels = { app: 'prometheus' }),
    promql.egress,
  ],
  [
    'a rule for another namespace',
    ofGrafana,
    (object) => {
      const [peer] = rule(object, 'egress', 53).to;
      peer.namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'kube-dns';
    },
    dnsUdp.egress,
    dnsTcp.egress,
  ],
  [
    'a rule for the policy’s own namespace instead of another',
    ofGrafana,
    (object) => delete rule(object, 'egress', 53).to[0].namespaceSelector,
    dnsUdp.egress,
    dnsTcp.egress,
  ],
  [
    'a rule with an empty peer, which allows nothing',
    ofGrafana,
    (object) => (rule(object, 'egress', 9090).to = [{}]),
    promql.egress,
  ],
  [
    'a rule for addresses instead of pods',
    ofGrafana,
    (object) => (rule(object, 'egress', 9090).to = [{ ipBlock: { cidr: '0.0.0.0/0' } }]),
    promql.egress,
  ],
  [
    'no rule at all',
    ofGrafana,
    ({ spec }) => delete spec.ingress,
    grafanaMetrics.ingress,
    grafanaHealth.ingress,
  ],
  [
    'a default-deny policy for one direction',
    'NetworkPolicy crowsnest/crowsnest-default-deny',
    ({ spec }) => (spec.policyTypes = ['Ingress']),
    noDefaultDeny('crowsnest'),
  ],
  [
    'a default-deny policy without types, which denies only ingress,',
    'NetworkPolicy crowsnest/crowsnest-default-deny',
    ({ spec }) => {
      delete spec.policyTypes;
      spec.egress = [];
    },
    noDefaultDeny('crowsnest'),
  ],
  [
    'a default-deny policy for some pods',
    'NetworkPolicy crowsnest-agents/crowsnest-default-deny',
    ({ spec }) => (spec.podSelector.matchLabels = { app: 'node-exporter' }),
    noDefaultDeny('crowsnest-agents'),
    noDefaultDeny('crowsnest-agents'),
  ],
  [
    'a default-deny policy that allows everything',
    'NetworkPolicy crowsnest-agents/crowsnest-default-deny',
    ({ spec }) => (spec.ingress = [{}]),
    noDefaultDeny('crowsnest-agents'),
  ],
];

const opening: Case[] = [
  [
    'a port by its name',
    ofGrafana,
    (object) => {
      rule(object, 'egress', 9090).ports[0].port = 'web';
      rule(object, 'ingress', 3000).ports[0].port = 'web';
    },
  ],
  [
    'a range of ports',
    ofGrafana,
    (object) => Object.assign(rule(object, 'egress', 9090).ports[0], { port: 9000, endPort: 9099 }),
  ],
  [
    'a port without a protocol, which defaults to TCP',
    ofGrafana,
    (object) => delete rule(object, 'egress', 9090).ports[0].protocol,
  ],
  [
    'a protocol without a port, which allows every port',
    ofGrafana,
    (object) => (rule(object, 'egress', 9090).ports = [{ protocol: 'TCP' }]),
  ],
  [
    'no ports, which allows every port',
    ofGrafana,
    (object) => {
      rule(object, 'egress', 9090).ports = [];
      delete rule(object, 'egress', 53).ports;
    },
  ],
  ['a rule for everyone', ofGrafana, ({ spec }) => (spec.egress = [{}])],
  [
    'pods of the policy’s own namespace',
    ofGrafana,
    (object) => delete rule(object, 'egress', 9090).to[0].namespaceSelector,
  ],
  [
    'a whole namespace',
    ofGrafana,
    (object) => delete rule(object, 'egress', 9090).to[0].podSelector,
  ],
  [
    'a namespace by a shipped label',
    ofGrafana,
    (object) =>
      (rule(object, 'egress', 9090).to[0].namespaceSelector.matchLabels = {
        'pod-security.kubernetes.io/enforce': 'restricted',
      }),
  ],
  [
    'pods by shipped labels',
    ofGrafana,
    (object) => {
      object.spec.podSelector = { matchLabels: { 'app.kubernetes.io/part-of': 'crowsnest' } };
      rule(object, 'egress', 9090).to[0].podSelector = {
        matchExpressions: [
          { key: 'app.kubernetes.io/name', operator: 'In', values: ['prometheus', 'thanos'] },
          { key: 'app.kubernetes.io/part-of', operator: 'Exists' },
          { key: 'app.kubernetes.io/name', operator: 'NotIn', values: ['grafana'] },
          { key: 'tier', operator: 'NotIn', values: ['web'] },
          { key: 'tier', operator: 'DoesNotExist' },
        ],
      };
    },
  ],
  ['policy types that follow from the rules', ofGrafana, ({ spec }) => delete spec.policyTypes],
];

describe.each([
  ['kubernetes', onKubernetes],
  ['cilium', onCilium],
] as const)('with the network plugin %s', (_, stack) => {
  test('every declared connection is open, and nothing else', () => {
    expect(reachability.run(inputOf(stack))).toEqual([]);
  });

  test.each(opening)('%s opens a connection', (__, object, change) => {
    expect(closures(changed(stack, object, change))).toEqual([]);
  });

  test.each(closing)('%s blocks a connection', (__, object, change, ...findings) => {
    expect(closures(changed(stack, object, change))).toEqual(findings);
  });

  test('pods without their policy have no connection', () => {
    expect(closures(without(stack, ofGrafana))).toEqual([
      grafanaMetrics.ingress,
      dnsUdp.egress,
      dnsTcp.egress,
      promql.egress,
      alerts.egress,
      spans.egress,
      grafanaHealth.ingress,
    ]);
  });

  test.each(['crowsnest', 'crowsnest-agents'])('%s denies by default', (namespace) => {
    const input = without(stack, `NetworkPolicy ${namespace}/crowsnest-default-deny`);
    expect(closures(input)).toEqual([noDefaultDeny(namespace), noDefaultDeny(namespace)]);
  });

  const toPrometheus = [
    'prometheus -> prometheus.web (metrics)',
    'grafana -> prometheus.web (promql)',
    'jaeger -> prometheus.web (promql)',
    'blackbox-exporter -> prometheus.web (health)',
  ];

  test('a container must listen on the port of each endpoint', () => {
    const silent = (path: string) => ({
      place: { path },
      fault: 'no-listener',
      value: 'TCP 9090',
    });
    const input = changed(stack, 'StatefulSet crowsnest/crowsnest-prometheus', ({ spec }) => {
      spec.template.spec.containers[0].ports[0].protocol = 'UDP';
    });
    expect(closures(input)).toEqual(toPrometheus.map(silent));
  });

  test('a container in another namespace does not count', () => {
    const input = changed(stack, 'StatefulSet crowsnest/crowsnest-prometheus', (object) => {
      object.metadata.namespace = 'crowsnest-agents';
    });
    expect(closures(input).map(({ place, fault }) => [place.path, fault])).toEqual(
      toPrometheus.map((path) => [path, 'no-listener']),
    );
  });

  test('a policy without policyTypes isolates the directions for which it has rules', () => {
    const { manifests } = without(stack, 'NetworkPolicy crowsnest/crowsnest-default-deny');
    const input = changed({ ...stack, manifests }, ofGrafana, ({ spec }) => {
      delete spec.policyTypes;
      spec.egress.shift();
    });
    expect(closures(input).slice(2)).toEqual([dnsUdp.egress, dnsTcp.egress]);
  });

  test('pods that a patch puts on the host network have the addresses of their nodes', () => {
    const input = changed(stack, 'StatefulSet crowsnest/crowsnest-grafana', ({ spec }) => {
      spec.template.spec.hostNetwork = true;
    });
    expect(closures(input)).toEqual([
      grafanaMetrics.egress,
      promql.ingress,
      alerts.ingress,
      spans.ingress,
      grafanaHealth.egress,
    ]);
  });
});

describe('addresses', () => {
  const narrow = (port: number, cidr: string) =>
    changed(onKubernetes, ofPrometheus, (object) => {
      rule(object, 'egress', port).to[0].ipBlock = { cidr };
    });

  test('a rule must contain all nodes', () => {
    expect(closures(narrow(10250, '172.18.0.0/17'))).toEqual([kubelet.egress]);
    expect(closures(narrow(9100, '10.0.0.0/8'))).toEqual([exporter.egress]);
    expect(closures(narrow(10250, '172.16.0.0/12'))).toEqual([]);
  });

  test('a rule must not exclude a node', () => {
    const input = changed(onKubernetes, ofPrometheus, (object) => {
      rule(object, 'egress', 10250).to[0].ipBlock.except = ['172.18.3.0/24'];
    });
    expect(closures(input)).toEqual([kubelet.egress]);
    const elsewhere = changed(onKubernetes, ofPrometheus, (object) => {
      rule(object, 'egress', 10250).to[0].ipBlock = {
        cidr: '172.16.0.0/12',
        except: ['172.30.0.0/16'],
      };
    });
    expect(closures(elsewhere)).toEqual([]);
  });

  test('a rule for nodes cannot use port names', () => {
    const input = changed(onKubernetes, ofPrometheus, (object) => {
      rule(object, 'egress', 9100).ports[0].port = 'metrics';
    });
    expect(closures(input)).toEqual([exporter.egress]);
  });

  test('a rule must contain each block of node addresses', () => {
    const { cluster } = minimal;
    const stack = build({
      ...minimal,
      cluster: { ...cluster, nodeCidrs: [...cluster.nodeCidrs, 'fd00:18::/64'] },
    });
    expect(closures(inputOf(stack))).toEqual([]);
    const input = changed(stack, ofPrometheus, (object) => rule(object, 'egress', 10250).to.pop());
    expect(closures(input)).toEqual([kubelet.egress]);
  });

  test('the API server needs rules for its Service and for its own address', () => {
    expect(closures(narrow(443, '10.96.0.2/32'))).toEqual([apiService.egress]);
    expect(closures(narrow(6443, '172.18.0.3/32'))).toEqual([api.egress, apiMetrics.egress]);
  });

  test('a rule for the internet must contain all public addresses', () => {
    const stack = build({
      ...minimal,
      prometheus: { remoteWrite: [{ name: 'archive', url: 'https://archive.example.com/write' }] },
    });
    const archive = closed('remote-write', 'prometheus', 'archive.write', 'TCP 443').egress;
    expect(closures(inputOf(stack))).toEqual([]);
    const input = changed(stack, ofPrometheus, (object) => {
      rule(object, 'egress', 443, 1).to[0].ipBlock.except.push('192.0.2.0/24');
    });
    expect(closures(input)).toEqual([archive]);
  });

  test('connections of native configuration are open, and nothing else', () => {
    const stack = build(raw);
    expect(reachability.run(inputOf(stack))).toEqual([]);
    const mutate = (change: (one: Mutable) => unknown) =>
      reachability.run(
        changed(stack, ofPrometheus, (object) => change(rule(object, 'egress', 9116))),
      );
    const closing = mutate(({ ports }) => {
      ports.find(({ port }: Mutable) => port === 9116).port = 9117;
    });
    expect(closing).toContainEqual(
      expect.objectContaining({
        fault: 'blocked-egress',
        value: 'TCP 9116',
        place: expect.objectContaining({
          path: expect.stringMatching(/^prometheus -> switches-core\..* \(raw-metrics\)$/),
        }),
      }),
    );
    expect(mutate((one) => one.ports.push({ protocol: 'TCP', port: 9117 }))).toEqual([
      expect.objectContaining({ fault: 'unneeded-opening' }),
      expect.objectContaining({ fault: 'unneeded-opening' }),
    ]);
  });

  test('an invalid block contains nothing', () => {
    expect(closures(narrow(10250, '172.18.0.0'))).toEqual([kubelet.egress]);
  });
});

describe('a Cilium entity', () => {
  const change = (mutate: (object: Mutable) => unknown) =>
    closures(changed(onCilium, entities, mutate));
  const rules = ({ spec }: Mutable, port: number) =>
    spec.egress.find((one: Mutable) => one.toPorts[0].ports[0].port === `${port}`);

  const all = [apiService, api, exporter, apiMetrics, kubelet].map(({ egress }) => egress);

  test('is not matched by address', () => {
    expect(closures(without(onCilium, entities))).toEqual(all);
  });

  test('needs all of its names', () => {
    expect(change((object) => rules(object, 10250).toEntities.pop())).toEqual([kubelet.egress]);
    expect(change((object) => rules(object, 10250).toEntities.shift())).toEqual([kubelet.egress]);
    expect(change((object) => (rules(object, 443).toEntities = ['host', 'remote-node']))).toEqual([
      apiService.egress,
    ]);
  });

  test('is matched by a name that includes it', () => {
    expect(change((object) => (rules(object, 10250).toEntities = ['cluster']))).toEqual([]);
    expect(change((object) => (rules(object, 443).toEntities = ['all']))).toEqual([]);
    expect(change((object) => (rules(object, 443).toEntities = ['cluster']))).toEqual([
      apiService.egress,
    ]);
  });

  test('is matched only on its port', () => {
    const ports = (one: object[]) =>
      change((object) => (rules(object, 10250).toPorts = [{ ports: one }]));
    expect(ports([{ port: '10251', protocol: 'TCP' }])).toEqual([kubelet.egress]);
    expect(ports([{ port: '10250', protocol: 'UDP' }])).toEqual([kubelet.egress]);
    expect(ports([{ port: '10250', protocol: 'ANY' }])).toEqual([]);
    expect(ports([{ port: '10250' }])).toEqual([]);
    expect(ports([{ port: '10000', endPort: 11000 }])).toEqual([]);
    expect(change((object) => delete rules(object, 10250).toPorts)).toEqual([]);
    expect(change((object) => (rules(object, 10250).toPorts = [{}]))).toEqual([]);
  });

  test('is matched only for the pods that the policy selects', () => {
    expect(
      change(({ spec }) => (spec.endpointSelector.matchLabels = { app: 'prometheus' })),
    ).toEqual(all);
  });

  test('includes no pods, which Cilium matches by their labels', () => {
    const { manifests } = changed(onCilium, ofGrafana, (object) => {
      const { egress } = object.spec;
      egress.splice(egress.indexOf(rule(object, 'egress', 9090)), 1);
    });
    const input = changed({ ...onCilium, manifests }, entities, ({ spec }) => {
      spec.endpointSelector = {};
      spec.egress.push({
        toEntities: ['host'],
        toPorts: [{ ports: [{ port: '9090', protocol: 'TCP' }] }],
      });
    });
    expect(closures(input)).toEqual(expect.arrayContaining([promql.egress]));
  });

  test('is matched by any of several policies in one object', () => {
    expect(
      change((object) => {
        object.specs = [object.spec];
        delete object.spec;
      }),
    ).toEqual([]);
  });

  test('is not matched if the network plugin has no such policies', () => {
    const input = { ...inputOf(onCilium), networkPlugin: 'kubernetes' } satisfies CheckInput;
    expect(closures(input)).toEqual([exporter.egress, kubelet.egress]);
  });

  test('a CiliumNetworkPolicy also denies by default, unless enableDefaultDeny is false', () => {
    const deny = (spec: object) => {
      const input = without(onCilium, 'NetworkPolicy crowsnest-agents/crowsnest-default-deny');
      const object = {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'deny', namespace: 'crowsnest-agents' },
        spec: { endpointSelector: {}, ingress: [{}], egress: [{}], ...spec },
      };
      const manifest = { object, construct: 'deny', chart: 'deny', patched: false };
      return closures({ ...input, manifests: [...input.manifests, manifest] });
    };
    expect(deny({})).toEqual([]);
    expect(deny({ ingress: [], ingressDeny: [{ fromEntities: ['world'] }] })).toEqual([]);
    expect(deny({ egress: [] })).toEqual([noDefaultDeny('crowsnest-agents')]);
    expect(deny({ enableDefaultDeny: { ingress: false } })).toEqual([
      noDefaultDeny('crowsnest-agents'),
    ]);
    expect(deny({ ingress: [{ fromEntities: ['all'] }] })).toEqual([
      noDefaultDeny('crowsnest-agents'),
    ]);
  });

  test('a node is not matched by address as an external party', () => {
    const stack = build({
      ...minimal,
      cluster: { ...minimal.cluster, networkPlugin: 'cilium' },
      prometheus: {
        remoteWrite: [
          {
            name: 'archive',
            url: 'http://archive.example.com:9009/write',
            at: { kind: 'addresses', cidrs: ['172.18.0.9/32'] },
          },
        ],
      },
    });
    expect(closures(inputOf(stack))).toEqual([
      closed('remote-write', 'prometheus', 'archive.write', 'TCP 9009').egress,
    ]);
  });
});

test('a port name matches only the port with this name', () => {
  const stack = build(full);
  const ofGatekeeper = (one: Mutable) => JSON.stringify(one.to).includes('"gatekeeper"');
  const name = (port: string) =>
    changed(stack, 'NetworkPolicy observability/everything-prometheus', ({ spec }) => {
      spec.egress.find(ofGatekeeper).ports[0].port = port;
    });
  expect(closures(name('web'))).toEqual([]);
  expect(closures(name('gossip'))).toEqual([
    closed('metrics', 'prometheus', 'gatekeeper.web', 'TCP 8080').egress,
  ]);
});

describe('the place of a blocked connection', () => {
  const objectsIn = (input: CheckInput) => [
    ...new Set(reachability.run(input).map(({ place }) => place.object)),
  ];
  const grafana = 'StatefulSet crowsnest/crowsnest-grafana';

  test('is the policy of the pods', () => {
    const input = changed(onKubernetes, ofGrafana, (object) => {
      rule(object, 'egress', 9090).ports[0].port = 9091;
    });
    const [finding] = reachability.run(input).filter(({ place }) => place.path?.includes('promql'));
    expect(finding?.place).toEqual({
      object: ofGrafana,
      construct: expect.stringMatching(/./),
      path: 'grafana -> prometheus.web (promql)',
    });
  });

  test('is the workload if no policy selects its pods', () => {
    const input = without(onKubernetes, ofGrafana);
    const findings = reachability.run(input);
    expect(objectsIn(input)).toEqual([grafana]);
    expect(findings.every(({ place }) => place.construct)).toBe(true);
  });

  test('is the namespace if no objects ship in it', () => {
    const stack = build(full);
    const { object } = stack.manifests.find(
      (one) => one.object.kind === 'NetworkPolicy' && one.object.metadata.namespace === 'shop',
    )!;
    const input = without(stack, `NetworkPolicy shop/${object.metadata.name}`);
    expect(objectsIn(input)).toEqual(['Namespace shop']);
  });

  test('is the workload if no container listens', () => {
    const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
    const input = changed(onKubernetes, prometheus, ({ spec }) => {
      spec.template.spec.containers[0].ports[0].protocol = 'UDP';
    });
    expect(objectsIn(input)).toContain(prometheus);
  });
});

describe('foreign namespaces', () => {
  const stack = build(full);
  const allowance = stack.manifests.find(
    ({ object }) => object.kind === 'NetworkPolicy' && object.metadata.namespace === 'shop',
  )!.object;
  const metrics = closed('metrics', 'prometheus', 'shop.metrics', 'TCP 9000').ingress;
  const orders = closed('x-orders', 'gatekeeper', 'shop.orders', 'TCP 8081').ingress;

  const traces = closed('traces', 'shop', 'otel-gateway.otlp-grpc', 'TCP 4317').egress;

  test('need an allow policy if they deny by default', () => {
    const title = `NetworkPolicy shop/${allowance.metadata.name}`;
    expect(closures(without(stack, title))).toEqual([metrics, orders, traces]);
  });

  test('need no policy if they do not deny', () => {
    const title = `NetworkPolicy shop/${allowance.metadata.name}`;
    expect(closures({ ...without(stack, title), isolatedNamespaces: [] })).toEqual([]);
  });

  test('with a shipped policy are isolated', () => {
    const title = `NetworkPolicy shop/${allowance.metadata.name}`;
    const input = changed(stack, title, ({ spec }) => (spec.ingress = []));
    expect(closures({ ...input, isolatedNamespaces: [] })).toEqual([metrics, orders]);
  });
});

describe('nothing else is open', () => {
  /** The reported openings after a policy is changed. */
  const openedBy = (object: string, change: (object: Mutable) => unknown, stack = onKubernetes) =>
    reachability
      .run(changed(stack, object, change))
      .flatMap(({ place, fault, message, value, remedy }) =>
        fault === 'unneeded-opening'
          ? [[`${place.path}`, message, `${value}`, remedy] as const]
          : [],
      );
  const allowance = { ports: [{ protocol: 'TCP', port: 9090 }] };
  const allowsTo = (end: string) => expect.stringContaining(`to ${end}.`);
  const allowsFrom = (end: string) => expect.stringContaining(`from ${end}.`);
  const takeOut = expect.stringMatching(/^Remove it/);
  const only = (ports: string) => expect.stringContaining(`Allow only ${ports},`);
  const graphanas = { podSelector: { matchLabels: { app: 'graphana' } } };
  const ofJaeger = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'jaeger' } } };
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });

  test.each<[string, object, string, string, unknown]>([
    ['everyone', {}, 'everyone', 'TCP 9090', takeOut],
    [
      'an undeclared pod',
      { to: [graphanas] },
      'pods of crowsnest with app=graphana',
      'TCP 9090',
      takeOut,
    ],
    [
      'a pod of the stack',
      {
        to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'kube-state-metrics' } } }],
      },
      'crowsnest-kube-state-metrics (pods of crowsnest with app.kubernetes.io/name=kube-state-metrics)',
      'TCP 9090',
      takeOut,
    ],
    [
      'a port of a pod that needs another port',
      {
        to: [
          {
            podSelector: {
              matchLabels: {
                'app.kubernetes.io/name': 'jaeger',
                'app.kubernetes.io/instance': 'crowsnest',
                'app.kubernetes.io/component': 'jaeger',
              },
            },
          },
        ],
      },
      'crowsnest-jaeger (pods of crowsnest with app.kubernetes.io/component=jaeger,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=jaeger)',
      'TCP 9090',
      only('TCP 16686'),
    ],
    [
      'pods with only some of the labels of the needed pods',
      { to: [ofJaeger], ports: [{ protocol: 'TCP', port: 16686 }] },
      'crowsnest-jaeger (pods of crowsnest with app.kubernetes.io/name=jaeger)',
      'TCP 16686',
      takeOut,
    ],
    [
      'every pod of the namespace',
      { to: [{ podSelector: {} }] },
      'every pod of crowsnest',
      'TCP 9090',
      takeOut,
    ],
    ['every pod of another', { to: [namespace('shop')] }, 'every pod of shop', 'TCP 9090', takeOut],
    [
      'every pod of the cluster',
      { to: [{ namespaceSelector: {} }] },
      'every pod of the cluster',
      'TCP 9090',
      takeOut,
    ],
    [
      'namespaces by a label that other namespaces can have',
      { to: [{ namespaceSelector: { matchLabels: { team: 'a' } }, ...graphanas }] },
      'pods of namespaces with team=a with app=graphana',
      'TCP 9090',
      takeOut,
    ],
    [
      'the internet',
      { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
      '0.0.0.0/0',
      'TCP 9090',
      takeOut,
    ],
    [
      'the nodes',
      { to: [{ ipBlock: { cidr: '172.18.0.0/16' } }] },
      '172.18.0.0/16',
      'TCP 9090',
      takeOut,
    ],
  ])('to %s', (_, rule, end, value, remedy) => {
    const change = ({ spec }: Mutable) => spec.egress.push({ ...allowance, ...rule });
    const last = onKubernetes.manifests.find(
      ({ object }) =>
        object.metadata.name === 'crowsnest-grafana' && object.kind === 'NetworkPolicy',
    )!.object.spec.egress.length;
    const [found, ...others] = openedBy(ofGrafana, change);
    expect(others).toEqual([]);
    expect(found?.slice(1)).toEqual([allowsTo(end), value, remedy]);
    expect(found?.[0]).toMatch(`spec.egress[${last}]`);
  });

  test('from a party that is allowed on another port only', () => {
    const found = openedBy(ofGrafana, (object) => {
      rule(object, 'ingress', 3000).ports.push({ protocol: 'TCP', port: 3001 });
    });
    expect(found).toMatchObject([
      [
        'spec.ingress[0].from[0]',
        allowsFrom(
          'crowsnest-prometheus (pods of crowsnest with app.kubernetes.io/component=prometheus,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=prometheus)',
        ),
        'TCP 3001',
        only('TCP 3000'),
      ],
    ]);
  });

  test.each<[string, object[], string]>([
    ['every port', [], 'every port'],
    ['every port of a protocol', [{ protocol: 'TCP' }], 'every port of TCP'],
    ['the other protocol', [{ protocol: 'UDP', port: 9090 }], 'UDP 9090'],
    ['a range', [{ protocol: 'TCP', port: 9000, endPort: 9099 }], 'TCP 9000 to 9099'],
    ['a name of another port', [{ protocol: 'TCP', port: 'http' }], 'TCP http'],
    [
      'several',
      [{ port: 9090 }, { port: 9091 }, { protocol: 'UDP', port: 9092 }],
      'TCP 9091, UDP 9092',
    ],
  ])('to a needed peer, on %s', (_, ports, value) => {
    const found = openedBy(ofGrafana, (object) => {
      rule(object, 'egress', 9090).ports = ports;
    });
    expect(found.map((one) => [one[2], one[3]])).toEqual([[value, only('TCP 9090')]]);
  });

  test('a range with exactly the needed ports opens nothing else', () => {
    expect(
      openedBy(ofGrafana, (object) => {
        rule(object, 'egress', 9090).ports = [{ protocol: 'TCP', port: 9090, endPort: 9090 }];
      }),
    ).toEqual([]);
  });

  test('the exceptions of addresses are compared', () => {
    const stack = build({
      ...minimal,
      prometheus: { remoteWrite: [{ name: 'archive', url: 'https://archive.example.com/write' }] },
    });
    const found = openedBy(
      ofPrometheus,
      (object) => rule(object, 'egress', 443, 1).to[0].ipBlock.except.shift(),
      stack,
    );
    expect(found).toHaveLength(1);
  });

  test('Cilium entities are compared by name', () => {
    const opened = (change: (rules: Mutable[]) => unknown) =>
      openedBy(entities, ({ spec }) => change(spec.egress), onCilium).map(([, message, value]) => [
        / to (.*)\.$/.exec(message)?.[1],
        value,
      ]);
    const port = (number: string, protocol = 'TCP') => [{ ports: [{ port: number, protocol }] }];
    expect(opened((rules) => rules.push({ toEntities: ['host'], toPorts: port('22') }))).toEqual([
      ['the Cilium entity host', 'TCP 22'],
    ]);
    expect(opened((rules) => rules.push({ toEntities: ['world'], toPorts: port('443') }))).toEqual([
      ['the Cilium entity world', 'TCP 443'],
    ]);
    expect(
      opened((rules) => rules.push({ toEntities: ['host'], toPorts: port('10250', 'ANY') })),
    ).toEqual([['the Cilium entity host', 'UDP 10250']]);
    expect(opened((rules) => rules.push({ toPorts: port('443') }))).toEqual([
      ['everyone', 'TCP 443'],
    ]);
    expect(opened((rules) => rules.push({ toFQDNs: [{ matchName: 'example.com' }] }))).toEqual([
      ['others', 'toFQDNs, which Crowsnest does not use'],
    ]);
    expect(opened((rules) => rules.push({}))).toEqual([]);
  });

  test('a policy in a foreign namespace must not select undeclared pods', () => {
    const stack = build(full);
    const { name } = stack.manifests.find(
      ({ object }) => object.kind === 'NetworkPolicy' && object.metadata.namespace === 'shop',
    )!.object.metadata;
    const input = changed(stack, `NetworkPolicy shop/${name}`, ({ spec }) => {
      spec.podSelector = {};
    });
    expect(reachability.run(input)).toMatchObject([
      {
        place: { object: `NetworkPolicy shop/${name}`, path: 'spec' },
        fault: 'undeclared-pods',
      },
    ]);
  });
});
