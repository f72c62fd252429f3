import { describe, expect, test } from 'vitest';
import selectors from '../../src/checks/objects/selectors.js';
import { required } from '../../src/model/consumption.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';

const stack = build({
  ...minimal,
  prometheus: { replicas: 2 },
  alertmanager: { replicas: 3 },
  parties: [
    {
      name: 'cart',
      workloads: { cart: { kind: 'pods', namespace: 'shop', labels: { app: 'cart' } } },
      endpoints: {},
      consumes: [required('traces', { variant: 'grpc' })],
    },
  ],
});
const service = 'Service crowsnest/crowsnest-grafana';
const tracing = 'Service crowsnest/crowsnest-jaeger';
const peers = 'Service crowsnest/crowsnest-alertmanager-peers';
const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';
const policy = 'NetworkPolicy crowsnest/crowsnest-grafana';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';

const name = 'app.kubernetes.io/name';
const version = 'app.kubernetes.io/version';
const component = 'app.kubernetes.io/component';
const everyone = { 'app.kubernetes.io/part-of': 'crowsnest' };
const ofJaeger = { [name]: 'jaeger' };

type Case = [
  fact: string,
  title: string,
  change: (object: Mutable) => unknown,
  path: string,
  fault: string,
  more?: object,
];

const cases: Case[] = [
  [
    'a Service selects pods',
    service,
    ({ spec }) => delete spec.selector,
    'spec.selector',
    'no-selector',
  ],
  [
    'a Service selects the pods of one workload',
    service,
    ({ spec }) => (spec.selector = everyone),
    'spec.selector',
    'several-workloads',
  ],
  [
    'a Service selects the pods of the workload with its name',
    service,
    ({ spec }) => {
      spec.selector = ofJaeger;
      spec.ports = [{ name: 'query', port: 16686, targetPort: 'query' }];
    },
    'spec.selector',
    'other-workload',
    { value: 'StatefulSet crowsnest/crowsnest-jaeger' },
  ],
  [
    'a Service with another name selects the pods of the workload with its labels',
    peers,
    ({ spec }) => {
      spec.selector = ofJaeger;
      spec.ports = [{ name: 'query', port: 16686, targetPort: 'query' }];
    },
    'spec.selector',
    'other-workload',
  ],
  [
    'a port of a Service is a port of the pods',
    service,
    ({ spec }) => (spec.ports[0].targetPort = 3001),
    'spec.ports[0].targetPort',
    'no-listener',
    { value: 'TCP 3001', remedy: 'Use one of 3000.', suggestion: '3000' },
  ],
  [
    'a port of a Service without a target port has the number of the pods’ port',
    service,
    ({ spec }) => {
      delete spec.ports[0].targetPort;
      spec.ports[0].port = 80;
    },
    'spec.ports[0].port',
    'no-listener',
  ],
  [
    'a port of a Service has the protocol of the container',
    service,
    ({ spec }) => (spec.ports[0].protocol = 'UDP'),
    'spec.ports[0].protocol',
    'other-protocol',
    { value: 'UDP' },
  ],
  [
    'several ports of a Service have names',
    peers,
    ({ spec }) => delete spec.ports[1].name,
    'spec.ports[1].name',
    'unnamed-port',
  ],
  [
    'several ports of a Service have different names',
    peers,
    ({ spec }) => (spec.ports[1].name = spec.ports[0].name),
    'spec.ports[1].name',
    'duplicate-port-name',
  ],
  [
    'a budget selects the pods of one workload',
    budget,
    ({ spec }) => (spec.selector = { matchLabels: everyone }),
    'spec.selector',
    'several-workloads',
  ],
  [
    'a budget selects the pods of the workload with its name',
    budget,
    ({ spec }) => (spec.selector = { matchLabels: ofJaeger }),
    'spec.selector',
    'other-workload',
  ],
  [
    'a policy selects the pods of the workload with its name',
    policy,
    ({ spec }) => (spec.podSelector = { matchLabels: ofJaeger }),
    'spec.podSelector',
    'other-workload',
  ],
  [
    'a policy that allows traffic does not select all pods',
    policy,
    ({ spec }) => (spec.podSelector = {}),
    'spec.podSelector',
    'opens-for-all-pods',
  ],
  [
    'a policy selects existing pods',
    policy,
    ({ spec }) => (spec.podSelector.matchLabels[name] = 'grafanna'),
    'spec.podSelector',
    'no-pods',
    { value: `${name}=grafanna`, suggestion: 'grafana' },
  ],
  [
    'a policy selects labels that pods have',
    policy,
    ({ spec }) => (spec.podSelector = { matchLabels: { 'app.kubernetes.io/nam': 'grafana' } }),
    'spec.podSelector',
    'no-pods',
    { suggestion: name },
  ],
  [
    'a policy does not select pods on the host network',
    policy,
    (object) => {
      object.metadata = { name: 'agents', namespace: 'crowsnest-agents' };
      object.spec.podSelector = { matchLabels: { [name]: 'node-exporter' } };
    },
    'spec.podSelector',
    'host-network-policy',
  ],
  [
    'a workload has a selector',
    grafana,
    ({ spec }) => (spec.selector = {}),
    'spec.selector',
    'no-workload-selector',
  ],
  [
    'a workload selects only its own pods',
    grafana,
    ({ spec }) => (spec.selector.matchLabels = ofJaeger),
    'spec.selector',
    'not-own-pods',
  ],
  [
    'a spread constraint counts the pods of its workload',
    prometheus,
    ({ spec }) =>
      (spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels = ofJaeger),
    'spec.template.spec.topologySpreadConstraints[0].labelSelector',
    'spread-of-other-pods',
  ],
  [
    'the governing Service of a StatefulSet selects its pods',
    grafana,
    ({ spec }) => (spec.serviceName = 'crowsnest-jaeger'),
    'spec.serviceName',
    'governing-service',
  ],
  [
    'replicas that find each other by name have a headless Service',
    peers,
    ({ spec }) => delete spec.clusterIP,
    'spec.clusterIP',
    'no-replica-names',
  ],
  [
    'replicas that find each other by name have names before they are ready',
    peers,
    ({ spec }) => delete spec.publishNotReadyAddresses,
    'spec.publishNotReadyAddresses',
    'late-replica-names',
  ],
  [
    'a client of replicas with separate samples stays with one of them',
    'Service crowsnest/crowsnest-prometheus',
    ({ spec }) => delete spec.sessionAffinity,
    'spec.sessionAffinity',
    'no-session-affinity',
  ],
  ...(
    [
      [service, 'spec.selector', ({ spec }) => spec.selector],
      [budget, 'spec.selector.matchLabels', ({ spec }) => spec.selector.matchLabels],
      [policy, 'spec.podSelector.matchLabels', ({ spec }) => spec.podSelector.matchLabels],
      [grafana, 'spec.selector.matchLabels', ({ spec }) => spec.selector.matchLabels],
      [
        prometheus,
        'spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels',
        ({ spec }) => spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels,
      ],
    ] as const satisfies readonly (readonly [string, string, (object: Mutable) => Mutable])[]
  ).map(
    ([title, path, selectorOf]): Case => [
      `a selector does not change with the version: ${title}`,
      title,
      (object) => (selectorOf(object)[version] = '13.2.0'),
      `${path}['${version}']`,
      'version-label',
    ],
  ),
  ...(
    [
      [service, 0, 'https', 'other-application-protocol'],
      [service, 0, 'htpp', 'other-application-protocol', { suggestion: 'http' }],
      [tracing, 1, 'http', 'other-application-protocol'],
      [tracing, 2, 'kubernetes.io/h2c', 'other-application-protocol'],
      [tracing, 3, 'otlp', 'other-application-protocol'],
    ] as const
  ).map(
    ([title, index, protocol, fault, more]): Case => [
      `a port has the protocol of its endpoint: ${index} ${protocol}`,
      title,
      ({ spec }) => (spec.ports[index].appProtocol = protocol),
      `spec.ports[${index}].appProtocol`,
      fault,
      more,
    ],
  ),
];

test('in a minimal and a full environment every selector selects the intended pods', () => {
  for (const options of [minimal, full]) {
    expect(selectors.run(inputOf(build(options)))).toEqual([]);
  }
  expect(selectors.run(inputOf(stack))).toEqual([]);
});

test('a port can have no appProtocol, an equivalent one, or one with a prefix', () => {
  for (const [title, index, protocol] of [
    [tracing, 1, undefined],
    [tracing, 1, 'grpc'],
    [tracing, 3, 'example.com/sampling'],
  ] as const) {
    const input = changed(stack, title, ({ spec }) => (spec.ports[index].appProtocol = protocol));
    expect(selectors.run(input)).toEqual([]);
  }
});

describe('a selector of other pods is reported', () => {
  test.each(cases)('%s', (_, title, change, path, fault, more = {}) => {
    const input = changed(stack, title, change);
    const { object, construct } =
      input.manifests[stack.manifests.indexOf(manifestOf(stack, title))]!;
    expect(selectors.run(input)).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        place: { object: titleOf(object), construct, path },
        fault,
        ...more,
      }),
    );
  });

  test('two workloads must not select each other’s pods', () => {
    const input = changed(stack, grafana, ({ spec }) => {
      spec.selector.matchLabels = { 'app.kubernetes.io/instance': 'crowsnest' };
    });
    const faults = selectors.run(input).map(({ fault }) => fault);
    expect(faults).toHaveLength(7);
    expect(faults).toContain('other-pods');
  });

  test.each([
    ['workload', grafana, ({ spec }: Mutable) => spec.selector.matchLabels],
    ['Service', service, ({ spec }: Mutable) => spec.selector],
    ['budget', budget, ({ spec }: Mutable) => spec.selector.matchLabels],
    [
      'policy',
      'NetworkPolicy crowsnest/crowsnest-grafana',
      ({ spec }: Mutable) => spec.podSelector.matchLabels,
    ],
  ])('a %s must select by all identifying labels of the pods', (_, title, labelsOf) => {
    const input = changed(stack, title, (object) => {
      delete labelsOf(object)['app.kubernetes.io/instance'];
    });
    expect(selectors.run(input).map(({ fault }) => fault)).toEqual(['missing-label']);
  });

  test('the Service of a workload must have the ports of its pods', () => {
    const input = changed(stack, service, ({ spec }) => {
      spec.ports[0].port = 80;
    });
    expect(selectors.run(input)).toMatchObject([
      { place: { path: 'spec.ports[0].port' }, value: 80 },
    ]);
  });

  test('two budgets must not select the same pods', () => {
    const { object, ...rest } = manifestOf(stack, budget);
    const other = { ...object, metadata: { ...object.metadata, name: 'other' } };
    const manifests = [...stack.manifests, { ...rest, object: other }];
    expect(selectors.run(inputOf(stack, { manifests })).map(({ fault }) => fault)).toEqual([
      'two-budgets',
    ]);
  });

  test('objects in a foreign namespace are not checked', () => {
    const input = changed(stack, service, (object) => {
      object.metadata.namespace = 'shop';
      object.metadata.name = 'shop';
      object.spec.selector = { app: 'shop', [component]: 'web' };
      object.spec.ports[0].targetPort = 8080;
    });
    expect(selectors.run(input).map(({ place }) => place.object)).not.toContain(
      'Service shop/shop',
    );
  });
});
