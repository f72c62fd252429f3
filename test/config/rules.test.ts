import { describe, expect, test } from 'vitest';
import { validate } from '../../src/config/validate.js';
import { minimal } from '../environment.js';

const findingsOf = (change: object): string[] =>
  validate({ ...minimal, ...change }, 'test', 'environments/test.ts').findings.map(
    ({ place, remedy, suggestion }) =>
      `${place.path}: ${remedy}${suggestion ? ` Did you mean '${suggestion}'?` : ''}`,
  );

const cluster = (change: object) => ({ cluster: { ...minimal.cluster, ...change } });

const write = { name: 'one', url: 'https://example.com' };

const hook = { kind: 'webhook', name: 'hook', url: { secret: 'a', key: 'b' } };
const told = { receivers: [hook], defaultReceiver: 'hook' };
const mail = (smtp: object) => ({
  kind: 'email',
  name: 'mail',
  to: 'a@example.com',
  from: 'b@example.com',
  smtp: { host: 'smtp.example.com', ...smtp },
});

const party = (change: object) => ({
  parties: [
    {
      name: 'shop',
      workloads: { web: { kind: 'nodes' }, worker: { kind: 'nodes' } },
      endpoints: {},
      consumes: [],
      ...change,
    },
  ],
});

const outside = (change: object, endpoint: object = {}) =>
  party({
    workloads: { web: { kind: 'addresses', cidrs: ['192.0.2.0/24'], ...change } },
    endpoints: {
      web: { port: 80, offers: [{ capability: 'metrics', path: '/metrics' }], ...endpoint },
    },
  });

describe('options that do not fit together', () => {
  test.each<[string, object, string]>([
    [
      'a platform without a default storage class, and none named',
      cluster({ platform: 'eks' }),
      "cluster.storageClass: Set it to { name, expandable } of a class of the cluster's: eks has no default one.",
    ],
    [
      'a control plane that is exposed where nobody can reach it',
      cluster({ platform: 'gke', controlPlane: 'exposed' }),
      "cluster.controlPlane: Set it to 'loopback', or leave it out: on gke nobody can scrape the parts of the control plane.",
    ],
    [
      'production in which nobody is told of alerts',
      { stage: 'production' },
      "alerting: Set it to { receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or the like: in production somebody is told of alerts.",
    ],
    [
      'cAdvisor where there are no node agents',
      {
        containerMetrics: 'cadvisor',
        nodeAgents: { kind: 'none', reason: 'the cluster admits none' },
      },
      "containerMetrics: Set it to 'kubelet': cAdvisor is a node agent, and there are none.",
    ],
    [
      'two receivers of one name',
      { alerting: { ...told, receivers: [hook, { ...hook, kind: 'slack' }] } },
      'alerting.receivers[1].name: Set it to a name that no other receiver has.',
    ],
    [
      'a default receiver that is not there',
      { alerting: { ...told, defaultReceiver: 'hok' } },
      "alerting.defaultReceiver: Set it to 'hook'.",
    ],
    [
      'a route to a receiver that is not there',
      {
        alerting: {
          ...told,
          receivers: [hook, { ...hook, name: 'on-call' }],
          routes: [{ matchers: ['severity="critical"'], receiver: 'oncall' }],
        },
      },
      "alerting.routes[0].receiver: Set it to 'hook' or 'on-call'. Did you mean 'on-call'?",
    ],
    [
      'a proxy of which nobody says where it is',
      { alerting: { ...told, proxy: { url: 'http://proxy.example.com:3128' } } },
      "alerting.proxy.at: Set it to an object whose kind is 'addresses' or 'pods'.",
    ],
    [
      'a mail server to which one logs in without a password',
      { alerting: { receivers: [mail({ username: 'alerts' })], defaultReceiver: 'mail' } },
      'alerting.receivers[0].smtp.password: Set it to a reference to the password, or remove the username.',
    ],
    [
      'a mail server to which one logs in without a name',
      { alerting: { receivers: [mail({ password: hook.url })], defaultReceiver: 'mail' } },
      'alerting.receivers[0].smtp.username: Set it to the name that the password belongs to, or remove the password.',
    ],
    [
      'a proxy in front of nothing',
      { exposure: { behindAuthProxy: { proxy: { namespace: 'auth', labels: { app: 'proxy' } } } } },
      'exposure.behindAuthProxy: Set it to an object with at least one of prometheus, alertmanager and jaeger as well.',
    ],
    [
      'one namespace for the stack and the node agents',
      { namespaces: { stack: 'one', nodeAgents: 'one' } },
      'namespaces.nodeAgents: Set it to a namespace other than the stack’s: the node agents need a privileged one.',
    ],
    [
      'the node agents in the namespace that is the default of the stack',
      { namespaces: { nodeAgents: 'crowsnest' } },
      'namespaces.nodeAgents: Set it to a namespace other than the stack’s: the node agents need a privileged one.',
    ],
    [
      'two remote writes of one name',
      { prometheus: { remoteWrite: [write, { ...write, url: 'https://example.org' }] } },
      'prometheus.remoteWrite[1].name: Set it to a name that no other remote write has.',
    ],
    [
      'a toleration of every key that compares values',
      { tolerations: [{ value: 'x' }] },
      "tolerations[0].operator: Set it to 'Exists', or add the key of a taint.",
    ],
    [
      'a toleration of any value that names one',
      { tolerations: [{ key: 'pool', operator: 'Exists', value: 'x' }] },
      "tolerations[0].operator: Set it to 'Equal', or remove the value.",
    ],
    [
      'more memory than the preset allows',
      { prometheus: { memory: '4Gi' } },
      'prometheus.memory: Set it to at most 1536Mi, its memory limit, or raise memoryLimit too.',
    ],
    [
      'a memory limit below what the preset requests',
      { grafana: { memoryLimit: '128Mi' } },
      'grafana.memoryLimit: Set it to at least 192Mi, the memory that is requested.',
    ],
    [
      'a memory limit below the request',
      { grafana: { memory: '2Gi', memoryLimit: '1Gi' } },
      'grafana.memoryLimit: Set it to at least 2Gi, the memory that is requested.',
    ],
    [
      'more memory than Alertmanager may have',
      { alertmanager: { memory: '1Gi' } },
      'alertmanager.memory: Set it to at most 128Mi, its memory limit, or raise memoryLimit too.',
    ],
    [
      'less memory than Jaeger requests',
      { jaeger: { memoryLimit: '128Mi' } },
      'jaeger.memoryLimit: Set it to at least 256Mi, the memory that is requested.',
    ],
    [
      'a node agent with a request above the limit of the size',
      { nodeExporter: { memory: '1Gi' } },
      'nodeExporter.memory: Set it to at most 128Mi, its memory limit, or raise memoryLimit too.',
    ],
    [
      'an endpoint of a party with two workloads that names neither',
      party({ endpoints: { web: { port: 80, offers: [] } } }),
      "parties[0].endpoints.web.workload: Set it to 'web' or 'worker'.",
    ],
    [
      'a consumption of a party with two workloads that names neither',
      party({ consumes: [{ capability: 'dns', required: false }] }),
      "parties[0].consumes[0].workload: Set it to 'web' or 'worker'.",
    ],
    [
      'metrics at addresses of which no single one is known',
      outside({}),
      'parties[0].endpoints.web.host: Set it to the host name to scrape, or add a `service` that lists the addresses to the workload.',
    ],
    [
      'a component whose only workload has another name',
      {
        components: [
          {
            name: 'gate',
            endpoints: { web: { port: 80, workload: 'web', offers: [] } },
            consumes: [],
            render: () => {},
          },
        ],
      },
      "components[0].endpoints.web.workload: Set it to 'gate'.",
    ],
  ])('%s are found', (_, change, line) => {
    expect(findingsOf(change)).toEqual([line]);
  });

  test('are found although single options are wrong as well', () => {
    expect(findingsOf({ ...cluster({ platform: 'gke', name: 1 }), size: 'tiny' })).toHaveLength(2);
    expect(findingsOf({ ...cluster({ platform: 'eks', name: 1 }), size: 'tiny' })).toHaveLength(3);
    const blocks = cluster({ nodeCidrs: ['10.0.0.0'] });
    const remoteWrite = [{ name: 'archive', url: 'example.com' }];
    expect(
      findingsOf({ ...blocks, prometheus: { remoteWrite }, stage: 'production' }),
    ).toHaveLength(3);
  });

  test('hold the names of receivers although one of them is wrong otherwise', () => {
    const receivers = [{ ...hook, port: 0 }, hook];
    const routes = [{ matchers: ['severity=critical'], receiver: 'nobody' }];
    const paths = findingsOf({ alerting: { receivers, defaultReceiver: 'x', routes } }).map(
      (line) => line.split(':')[0],
    );
    expect(paths).toEqual([
      'alerting.receivers[0].port',
      'alerting.routes[0].matchers[0]',
      'alerting.receivers[1].name',
      'alerting.defaultReceiver',
      'alerting.routes[0].receiver',
    ]);
  });

  test.each([
    ['prometheus', 'x'],
    ['prometheus', { remoteWrite: 'x' }],
    ['prometheus', { remoteWrite: [null] }],
    ['prometheus', { memory: 1 }],
    ['namespaces', null],
    ['cluster', null],
    ['tolerations', [null]],
    ['tolerations', 'Exists'],
    ['grafana', null],
    ['alertmanager', null],
    ['jaeger', { memory: 'x' }],
    ['nodeAgents', null],
    ['containerMetrics', null],
    ['stage', null],
    ['alerting', 'slack'],
    ['alerting', { ...told, receivers: 'hook' }],
    ['alerting', { ...told, receivers: [hook, null] }],
    ['alerting', { ...told, routes: 'hook' }],
    ['alerting', { ...told, routes: [null] }],
    ['alerting', { ...told, defaultReceiver: null }],
  ])('are looked for in whatever stands there: %s as %j', (option, value) => {
    expect(findingsOf({ [option]: value })).toHaveLength(1);
  });
});

describe('options that just fit together', () => {
  test.each<[string, object]>([
    [
      'a platform without a default storage class, and one named',
      cluster({
        platform: 'eks',
        storageClass: { name: 'gp3', expandable: true },
      }),
    ],
    ['as much memory as the limit', { prometheus: { memory: '1.5Gi' } }],
    ['production in which somebody is told', { stage: 'production', alerting: told }],
    ['staging in which nobody is told', { stage: 'staging' }],
    [
      'a control plane that is exposed where it can be reached',
      cluster({ controlPlane: 'exposed' }),
    ],
    [
      'the kubelet’s metrics where there are no node agents',
      { nodeAgents: { kind: 'none', reason: 'the cluster admits none' } },
    ],
    [
      'a mail server that asks for no login',
      { alerting: { receivers: [mail({})], defaultReceiver: 'mail' } },
    ],
    ['a toleration of everything', { tolerations: [{ operator: 'Exists' }] }],
    ['metrics of a Service of addresses', outside({ service: { namespace: 'shop', name: 'web' } })],
    ['metrics at a host', outside({}, { host: 'shop.example.com' })],
  ])('%s are valid', (_, change) => {
    expect(findingsOf(change)).toEqual([]);
  });
});
