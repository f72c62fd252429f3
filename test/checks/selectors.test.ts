import { describe, expect, test } from 'vitest';
import selectors from '../../src/checks/selectors.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';

const stack = build({
  ...minimal,
  prometheus: { replicas: 2 },
  alertmanager: { replicas: 3 },
});
const service = 'Service crowsnest/crowsnest-grafana';
const peers = 'Service crowsnest/crowsnest-alertmanager-peers';
const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';
const policy = 'NetworkPolicy crowsnest/crowsnest-grafana';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';

const name = 'app.kubernetes.io/name';
const component = 'app.kubernetes.io/component';
const everyone = { 'app.kubernetes.io/part-of': 'crowsnest' };
const ofJaeger = { [name]: 'jaeger' };

type Case = [
  fact: string,
  title: string,
  change: (object: Spoilt) => unknown,
  path: string,
  message: string,
  more?: object,
];

const cases: Case[] = [
  [
    'a Service selects pods',
    service,
    ({ spec }) => delete spec.selector,
    'spec.selector',
    'The Service selects no pods.',
  ],
  [
    'a Service selects the pods of one workload',
    service,
    ({ spec }) => (spec.selector = everyone),
    'spec.selector',
    'It selects the pods of 6 workloads.',
  ],
  [
    'a Service selects the pods of the workload whose name it bears',
    service,
    ({ spec }) => {
      spec.selector = ofJaeger;
      spec.ports = [{ name: 'query', port: 16686, targetPort: 'query' }];
    },
    'spec.selector',
    `It is made for ${grafana}, and selects the pods of another workload.`,
    { value: 'StatefulSet crowsnest/crowsnest-jaeger' },
  ],
  [
    'a Service of another name selects the pods of the workload whose labels it bears',
    peers,
    ({ spec }) => {
      spec.selector = ofJaeger;
      spec.ports = [{ name: 'query', port: 16686, targetPort: 'query' }];
    },
    'spec.selector',
    'It is made for StatefulSet crowsnest/crowsnest-alertmanager, and selects the pods of another workload.',
  ],
  [
    'a port of a Service leads to one of the pods’',
    service,
    ({ spec }) => (spec.ports[0].targetPort = 3001),
    'spec.ports[0].targetPort',
    'No container of the selected pods listens on this port.',
    { value: 'TCP 3001', remedy: 'Use one of 3000.', suggestion: '3000' },
  ],
  [
    'a port of a Service without a target leads to the same number',
    service,
    ({ spec }) => {
      delete spec.ports[0].targetPort;
      spec.ports[0].port = 80;
    },
    'spec.ports[0].port',
    'No container of the selected pods listens on this port.',
  ],
  [
    'a port of a Service has the protocol of the container’s',
    service,
    ({ spec }) => (spec.ports[0].protocol = 'UDP'),
    'spec.ports[0].protocol',
    'The container listens on port web by TCP.',
    { value: 'UDP' },
  ],
  [
    'several ports of a Service have names',
    peers,
    ({ spec }) => delete spec.ports[1].name,
    'spec.ports[1].name',
    'The port has no name, beside others.',
  ],
  [
    'several ports of a Service have names of their own',
    peers,
    ({ spec }) => (spec.ports[1].name = spec.ports[0].name),
    'spec.ports[1].name',
    'Another port of the Service has the same name.',
  ],
  [
    'a budget guards one workload',
    budget,
    ({ spec }) => (spec.selector = { matchLabels: everyone }),
    'spec.selector',
    'It selects the pods of 6 workloads.',
  ],
  [
    'a budget guards the workload whose name it bears',
    budget,
    ({ spec }) => (spec.selector = { matchLabels: ofJaeger }),
    'spec.selector',
    `It is made for ${prometheus}, and selects the pods of another workload.`,
  ],
  [
    'a policy is for the pods of the workload whose name it bears',
    policy,
    ({ spec }) => (spec.podSelector = { matchLabels: ofJaeger }),
    'spec.podSelector',
    `It is made for ${grafana}, and selects the pods of another workload.`,
  ],
  [
    'a policy that opens something is not for all pods',
    policy,
    ({ spec }) => (spec.podSelector = {}),
    'spec.podSelector',
    'The policy opens something for every pod of the namespace.',
  ],
  [
    'a policy is for pods that there are',
    policy,
    ({ spec }) => (spec.podSelector.matchLabels[name] = 'grafanna'),
    'spec.podSelector',
    'It selects no pods of this namespace.',
    { value: `${name}=grafanna`, suggestion: 'grafana' },
  ],
  [
    'a policy is for labels that pods bear',
    policy,
    ({ spec }) => (spec.podSelector = { matchLabels: { 'app.kubernetes.io/nam': 'grafana' } }),
    'spec.podSelector',
    'It selects no pods of this namespace.',
    { suggestion: name },
  ],
  [
    'a policy is not for pods on the host network',
    policy,
    (object) => {
      object.metadata = { name: 'agents', namespace: 'crowsnest-agents' };
      object.spec.podSelector = { matchLabels: { [name]: 'node-exporter' } };
    },
    'spec.podSelector',
    'The policy selects pods of the host network alone.',
  ],
  [
    'a workload has a selector',
    grafana,
    ({ spec }) => (spec.selector = {}),
    'spec.selector',
    'The workload has no selector.',
  ],
  [
    'a workload selects its own pods, and no others',
    grafana,
    ({ spec }) => (spec.selector.matchLabels = ofJaeger),
    'spec.selector',
    'The selector does not select the workload’s own pods.',
  ],
  [
    'a spread counts the pods of its workload',
    prometheus,
    ({ spec }) =>
      (spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels = ofJaeger),
    'spec.template.spec.topologySpreadConstraints[0].labelSelector',
    'The constraint does not count the workload’s own pods.',
  ],
  [
    'a StatefulSet is named by a Service of its pods',
    grafana,
    ({ spec }) => (spec.serviceName = 'crowsnest-jaeger'),
    'spec.serviceName',
    'The Service does not select the pods of the StatefulSet.',
  ],
  [
    'replicas that find each other are named by a headless Service',
    peers,
    ({ spec }) => delete spec.clusterIP,
    'spec.clusterIP',
    'The Service gives the replicas no names of their own.',
  ],
  [
    'replicas that find each other have names before they are ready',
    peers,
    ({ spec }) => delete spec.publishNotReadyAddresses,
    'spec.publishNotReadyAddresses',
    'The replicas have names only once they are ready.',
  ],
  [
    'a client of replicas that each have samples of their own stays with one of them',
    'Service crowsnest/crowsnest-prometheus',
    ({ spec }) => delete spec.sessionAffinity,
    'spec.sessionAffinity',
    'Each request of a client may come to another replica.',
  ],
];

test('in a minimal and a full environment every selector selects what it means', () => {
  for (const options of [minimal, full]) {
    expect(selectors.run(inputOf(build(options)))).toEqual([]);
  }
  expect(selectors.run(inputOf(stack))).toEqual([]);
});

describe('what selects other pods than it means', () => {
  test.each(cases)('%s', (_, title, change, path, message, more = {}) => {
    const input = changed(stack, title, change);
    const { object, construct } =
      input.manifests[stack.manifests.indexOf(manifestOf(stack, title))]!;
    expect(selectors.run(input)).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        place: { object: titleOf(object), construct, path },
        message,
        ...more,
      }),
    );
  });

  test('two workloads do not select each other’s pods', () => {
    const input = changed(stack, grafana, ({ spec }) => {
      spec.selector.matchLabels = { 'app.kubernetes.io/instance': 'crowsnest' };
    });
    const messages = selectors.run(input).map(({ message }) => message);
    expect(messages).toHaveLength(7);
    expect(messages).toContain(
      'It selects the pods of StatefulSet crowsnest/crowsnest-jaeger as well.',
    );
  });

  test.each([
    ['workload', grafana, ({ spec }: Spoilt) => spec.selector.matchLabels],
    ['Service', service, ({ spec }: Spoilt) => spec.selector],
    ['budget', budget, ({ spec }: Spoilt) => spec.selector.matchLabels],
    [
      'policy',
      'NetworkPolicy crowsnest/crowsnest-grafana',
      ({ spec }: Spoilt) => spec.podSelector.matchLabels,
    ],
  ])('a %s asks for all labels by which pods are told from others', (_, title, labelsOf) => {
    const input = changed(stack, title, (object) => {
      delete labelsOf(object)['app.kubernetes.io/instance'];
    });
    expect(selectors.run(input).map(({ message }) => message)).toEqual([
      'It does not ask for the label app.kubernetes.io/instance, by which the pods are told from others.',
    ]);
  });

  test('the Service of a workload has the ports of its pods', () => {
    const input = changed(stack, service, ({ spec }) => {
      spec.ports[0].port = 80;
    });
    expect(selectors.run(input)).toMatchObject([
      { place: { path: 'spec.ports[0].port' }, value: 80 },
    ]);
  });

  test('two budgets do not guard the same pods', () => {
    const { object, ...rest } = manifestOf(stack, budget);
    const other = { ...object, metadata: { ...object.metadata, name: 'other' } };
    const manifests = [...stack.manifests, { ...rest, object: other }];
    expect(selectors.run(inputOf(stack, { manifests })).map(({ message }) => message)).toEqual([
      `${budget} guards the same pods.`,
    ]);
  });

  test('what is in a namespace of others is not judged', () => {
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
