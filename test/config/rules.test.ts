import { describe, expect, test } from 'vitest';
import { validate } from '../../src/environment/validate.js';
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

describe('options that exclude or require each other', () => {
  test.each<[string, object, string]>([
    [
      'a platform without a default storage class and no configured class',
      cluster({ platform: 'eks' }),
      'cluster.storageClass: Set it to { name, expandable } of a StorageClass of the cluster: eks has no default class.',
    ],
    [
      'an exposed control plane on a platform that does not allow it',
      cluster({ platform: 'gke', controlPlane: 'exposed' }),
      "cluster.controlPlane: Set it to 'loopback', or remove it: on gke the control plane cannot be scraped.",
    ],
    [
      'a mail server inside the cluster without its location',
      { alerting: { receivers: [mail({ host: 'mail.mail.svc' })], defaultReceiver: 'mail' } },
      "alerting.receivers[0].at: Set it to where mail.mail.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
    ],
    [
      'remote write to a private address without its location',
      { prometheus: { remoteWrite: [{ name: 'one', url: 'https://10.3.4.5:9009/push' }] } },
      "prometheus.remoteWrite[0].at: Set it to where 10.3.4.5 is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
    ],
    [
      'a dead man’s switch without the alert on which it depends',
      {
        alerting: { ...told, deadMansSwitch: { url: { secret: 'a', key: 'b' } } },
        alerts: [{ kind: 'without', alert: 'Watchdog', reason: 'another system watches it' }],
      },
      'alerting.deadMansSwitch: Remove it: alerts disables the alert Watchdog, on which it depends.',
    ],
    [
      'production without notifications',
      { stage: 'production' },
      "alerting: Set it to { receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or similar: production requires notifications.",
    ],
    [
      'cAdvisor without node agents',
      {
        containerMetrics: 'cadvisor',
        nodeAgents: { kind: 'none', reason: 'the cluster admits none' },
      },
      "containerMetrics: Set it to 'kubelet': cAdvisor is a node agent, and nodeAgents disables those.",
    ],
    [
      'two receivers with the same name',
      { alerting: { ...told, receivers: [hook, { ...hook, kind: 'slack' }] } },
      'alerting.receivers[1].name: Set it to a name that no other receiver has.',
    ],
    [
      'an unknown default receiver',
      { alerting: { ...told, defaultReceiver: 'hok' } },
      "alerting.defaultReceiver: Set it to 'hook' or 'nobody'. Did you mean 'hook'?",
    ],
    [
      'a route to an unknown receiver',
      {
        alerting: {
          ...told,
          receivers: [hook, { ...hook, name: 'on-call' }],
          routes: [{ matchers: ['severity="critical"'], receiver: 'oncall' }],
        },
      },
      "alerting.routes[0].receiver: Set it to 'hook', 'on-call' or 'nobody'. Did you mean 'on-call'?",
    ],
    [
      'a proxy without its location',
      { alerting: { ...told, proxy: { url: 'http://proxy.example.com:3128' } } },
      "alerting.proxy.at: Set it to { kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster.",
    ],
    [
      'a mail server with a user name and no password',
      { alerting: { receivers: [mail({ username: 'alerts' })], defaultReceiver: 'mail' } },
      'alerting.receivers[0].smtp.password: Set it to a reference to a Secret with the password, or remove the username.',
    ],
    [
      'a mail server with a password and no user name',
      { alerting: { receivers: [mail({ password: hook.url })], defaultReceiver: 'mail' } },
      'alerting.receivers[0].smtp.username: Set it to the user name for the password, or remove the password.',
    ],
    [
      'an authenticating proxy in front of no component',
      { exposure: { behindAuthProxy: { proxy: { namespace: 'auth', labels: { app: 'proxy' } } } } },
      'exposure.behindAuthProxy: Set it to an object that also has at least one of prometheus, alertmanager and jaeger.',
    ],
    [
      'one namespace for the stack and the node agents',
      { namespaces: { stack: 'one', nodeAgents: 'one' } },
      'namespaces.nodeAgents: Set it to a namespace other than that of the stack: the node agents need a privileged namespace.',
    ],
    [
      'the node agents in the default namespace of the stack',
      { namespaces: { nodeAgents: 'crowsnest' } },
      'namespaces.nodeAgents: Set it to a namespace other than that of the stack: the node agents need a privileged namespace.',
    ],
    [
      'two remote writes with the same name',
      { prometheus: { remoteWrite: [write, { ...write, url: 'https://example.org' }] } },
      'prometheus.remoteWrite[1].name: Set it to a name that no other remote write has.',
    ],
    [
      'a toleration of every key that compares values',
      { tolerations: [{ value: 'x' }] },
      "tolerations[0].operator: Set it to 'Exists', or add the key of a taint.",
    ],
    [
      'a toleration of any value that has a value',
      { tolerations: [{ key: 'pool', operator: 'Exists', value: 'x' }] },
      "tolerations[0].operator: Set it to 'Equal', or remove the value.",
    ],
    [
      'more memory than the preset allows',
      { prometheus: { memory: '4Gi' } },
      'prometheus.memory: Set it to at most 1536Mi, its memory limit, or increase memoryLimit.',
    ],
    [
      'a memory limit below what the preset requests',
      { grafana: { memoryLimit: '128Mi' } },
      'grafana.memoryLimit: Set it to at least 192Mi, its memory request.',
    ],
    [
      'a memory limit below the request',
      { grafana: { memory: '2Gi', memoryLimit: '1Gi' } },
      'grafana.memoryLimit: Set it to at least 2Gi, its memory request.',
    ],
    [
      'more memory than Alertmanager may have',
      { alertmanager: { memory: '1Gi' } },
      'alertmanager.memory: Set it to at most 128Mi, its memory limit, or increase memoryLimit.',
    ],
    [
      'less memory than Jaeger requests',
      { jaeger: { memoryLimit: '128Mi' } },
      'jaeger.memoryLimit: Set it to at least 256Mi, its memory request.',
    ],
    [
      'a node agent with a request above the limit of the size',
      { nodeExporter: { memory: '1Gi' } },
      'nodeExporter.memory: Set it to at most 128Mi, its memory limit, or increase memoryLimit.',
    ],
    [
      'a claim template above the volume of the size',
      { prometheus: { claimTemplate: '11Gi' } },
      'prometheus.claimTemplate: Set it to at most 10Gi, the size of its volume.',
    ],
    [
      'a claim template above the volume',
      { alertmanager: { claimTemplate: '6Gi', volume: '5Gi' } },
      'alertmanager.claimTemplate: Set it to at most 5Gi, the size of its volume.',
    ],
    [
      'a priority class for only one component',
      { jaeger: { priorityClass: 'low' } },
      'priorityClass: Set it to the name of a PriorityClass for all other pods: jaeger has its own.',
    ],
    [
      'an endpoint without a workload in a party with two workloads',
      party({ endpoints: { web: { port: 80, offers: [] } } }),
      "parties[0].endpoints.web.workload: Set it to 'web' or 'worker'.",
    ],
    [
      'a consumption without a workload in a party with two workloads',
      party({ consumes: [{ capability: 'dns', required: false }] }),
      "parties[0].consumes[0].workload: Set it to 'web' or 'worker'.",
    ],
    [
      'a receiver of alerts at addresses',
      outside({}, { offers: [{ capability: 'alerts' }] }),
      'parties[0].endpoints.web.host: Set it to the host name at which Prometheus reaches it, or add a `service` that lists the addresses to the workload.',
    ],
    [
      'metrics at a block of addresses',
      outside({}),
      'parties[0].endpoints.web.host: Set it to the host name at which Prometheus reaches it, or add a `service` that lists the addresses to the workload.',
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
  ])('%s: this is reported', (_, change, line) => {
    expect(findingsOf(change)).toEqual([line]);
  });

  test('are reported even if single options are invalid', () => {
    expect(findingsOf({ ...cluster({ platform: 'gke', name: 1 }), size: 'tiny' })).toHaveLength(2);
    expect(findingsOf({ ...cluster({ platform: 'eks', name: 1 }), size: 'tiny' })).toHaveLength(3);
    const blocks = cluster({ nodeCidrs: ['10.0.0.0'] });
    const remoteWrite = [{ name: 'archive', url: 'example.com' }];
    expect(
      findingsOf({ ...blocks, prometheus: { remoteWrite }, stage: 'production' }),
    ).toHaveLength(3);
  });

  test('compare the names of receivers even if one receiver is invalid', () => {
    const receivers = [{ ...hook, port: 0 }, hook];
    const routes = [{ matchers: ['severity'], receiver: 'somebody' }];
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
  ])('do not cause other findings with an invalid value: %s as %j', (option, value) => {
    expect(findingsOf({ [option]: value })).toHaveLength(1);
  });
});

describe('valid combinations of options', () => {
  test.each<[string, object]>([
    [
      'a platform without a default storage class and a configured class',
      cluster({
        platform: 'eks',
        storageClass: { name: 'gp3', expandable: true },
      }),
    ],
    ['as much memory as the limit', { prometheus: { memory: '1.5Gi' } }],
    [
      'a memory limit below the request of the size, which is then lowered',
      { prometheus: { memoryLimit: '1Gi' }, alertmanager: { memoryLimit: '64Mi' } },
    ],
    ['a claim template as large as the volume', { jaeger: { claimTemplate: '5Gi' } }],
    [
      'a priority class for one component and another for the rest',
      { priorityClass: 'observability', jaeger: { priorityClass: 'low' } },
    ],
    ['production with notifications', { stage: 'production', alerting: told }],
    ['staging without notifications', { stage: 'staging' }],
    ['an exposed control plane on a platform that allows it', cluster({ controlPlane: 'exposed' })],
    [
      'the metrics of the kubelet without node agents',
      { nodeAgents: { kind: 'none', reason: 'the cluster admits none' } },
    ],
    [
      'a mail server without a login',
      { alerting: { receivers: [mail({})], defaultReceiver: 'mail' } },
    ],
    ['a toleration of everything', { tolerations: [{ operator: 'Exists' }] }],
    ['metrics of a Service of addresses', outside({ service: { namespace: 'shop', name: 'web' } })],
    ['metrics at a host', outside({}, { host: 'shop.example.com' })],
  ])('%s: this is valid', (_, change) => {
    expect(findingsOf(change)).toEqual([]);
  });
});
