import { describe, expect, test } from 'vitest';
import podSecurity from '../../src/checks/pod-security.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';

const stack = build({ ...minimal, containerMetrics: 'cadvisor' });
const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
const cadvisor = 'DaemonSet crowsnest-agents/crowsnest-cadvisor';
const p = 'spec.template.spec';
const c = `${p}.containers[0]`;
const sc = `${c}.securityContext`;

const pod = (object: Spoilt) => object.spec.template.spec;
const container = (object: Spoilt) => pod(object).containers[0];
const context = (object: Spoilt) => container(object).securityContext;
const exception = (name: string) => `crowsnest/exception-${name}`;

const found = (title: string, change: (object: Spoilt) => unknown) =>
  podSecurity.run(changed(stack, title, change));
const pathsIn = (title: string, change: (object: Spoilt) => unknown) =>
  found(title, change).map(({ place }) => place.path);

type Case = [path: string, change: (object: Spoilt) => unknown];

// What the API server refuses, by the level that forbids it.
const baseline: Case[] = [
  [`${p}.hostNetwork`, (object) => (pod(object).hostNetwork = true)],
  [`${p}.hostPID`, (object) => (pod(object).hostPID = true)],
  [`${p}.hostIPC`, (object) => (pod(object).hostIPC = true)],
  [
    `${p}.volumes[0].hostPath`,
    (object) => (pod(object).volumes[0] = { name: 'config', hostPath: { path: '/' } }),
  ],
  [
    `${p}.securityContext.windowsOptions.hostProcess`,
    (object) => (pod(object).securityContext.windowsOptions = { hostProcess: true }),
  ],
  [
    `${p}.securityContext.sysctls`,
    (object) => (pod(object).securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]),
  ],
  [
    `${p}.securityContext.seLinuxOptions.type`,
    (object) => (pod(object).securityContext.seLinuxOptions = { type: 'spc_t' }),
  ],
  [
    `${sc}.seLinuxOptions.user`,
    (object) => (context(object).seLinuxOptions = { user: 'system_u' }),
  ],
  [
    `${sc}.seLinuxOptions.role`,
    (object) => (context(object).seLinuxOptions = { role: 'system_r' }),
  ],
  [
    `${sc}.appArmorProfile.type`,
    (object) => (context(object).appArmorProfile = { type: 'Unconfined' }),
  ],
  [
    "spec.template.metadata.annotations['container.apparmor.security.beta.kubernetes.io/jaeger']",
    ({ spec }) =>
      (spec.template.metadata.annotations = {
        'container.apparmor.security.beta.kubernetes.io/jaeger': 'unconfined',
      }),
  ],
  [`${sc}.privileged`, (object) => (context(object).privileged = true)],
  [`${sc}.procMount`, (object) => (context(object).procMount = 'Unmasked')],
  [`${sc}.capabilities.add`, (object) => (context(object).capabilities.add = ['SYS_ADMIN'])],
  [`${sc}.seccompProfile.type`, (object) => (context(object).seccompProfile.type = 'Unconfined')],
  [`${c}.ports[0].hostPort`, (object) => (container(object).ports[0].hostPort = 80)],
  [
    `${c}.livenessProbe.httpGet.host`,
    (object) => (container(object).livenessProbe.httpGet.host = '10.0.0.1'),
  ],
  [
    `${c}.lifecycle.preStop.httpGet.host`,
    (object) =>
      (container(object).lifecycle = { preStop: { httpGet: { host: '10.0.0.1', port: 1 } } }),
  ],
];

const restricted: Case[] = [
  [
    `${p}.volumes[0]`,
    (object) => (pod(object).volumes[0] = { name: 'config', nfs: { server: 'a', path: '/' } }),
  ],
  [
    `${p}.securityContext.runAsNonRoot`,
    (object) => (pod(object).securityContext.runAsNonRoot = false),
  ],
  [`${sc}.runAsNonRoot`, (object) => (context(object).runAsNonRoot = false)],
  [`${p}.securityContext.runAsUser`, (object) => (pod(object).securityContext.runAsUser = 0)],
  [`${sc}.runAsUser`, (object) => (context(object).runAsUser = 0)],
  [`${sc}.allowPrivilegeEscalation`, (object) => delete context(object).allowPrivilegeEscalation],
  [`${sc}.capabilities.drop`, (object) => (context(object).capabilities.drop = ['NET_RAW'])],
  [`${sc}.capabilities.drop`, (object) => delete context(object).capabilities],
  [`${sc}.capabilities.add`, (object) => (context(object).capabilities.add = ['CHOWN'])],
  [
    `${sc}.seccompProfile`,
    (object) => {
      delete context(object).seccompProfile;
      delete pod(object).securityContext.seccompProfile;
    },
  ],
];

const house: Case[] = [
  [`${sc}.runAsUser`, (object) => delete context(object).runAsUser],
  [`${sc}.runAsUser`, (object) => (context(object).runAsUser = 'jaeger')],
  [`${sc}.runAsGroup`, (object) => delete context(object).runAsGroup],
  [`${sc}.readOnlyRootFilesystem`, (object) => delete context(object).readOnlyRootFilesystem],
  [`${sc}.readOnlyRootFilesystem`, (object) => (context(object).readOnlyRootFilesystem = false)],
  [`${sc}.capabilities.add`, (object) => (context(object).capabilities.add = ['NET_BIND_SERVICE'])],
  [
    `${sc}.seccompProfile.type`,
    (object) => (context(object).seccompProfile = { type: 'Localhost', localhostProfile: 'a' }),
  ],
  [`${c}.livenessProbe`, (object) => delete container(object).livenessProbe],
  [`${c}.readinessProbe`, (object) => delete container(object).readinessProbe],
  [`${c}.readinessProbe`, (object) => delete container(object).readinessProbe.httpGet],
  [
    `${c}.volumeMounts[0].mountPropagation`,
    (object) => (container(object).volumeMounts[0].mountPropagation = 'Bidirectional'),
  ],
  [`${p}.enableServiceLinks`, (object) => delete pod(object).enableServiceLinks],
  [`${p}.nodeSelector['kubernetes.io/os']`, (object) => delete pod(object).nodeSelector],
];

const refused = /^The namespace enforces restricted, and the API server refuses the pods\.$/;

test('the pods of a minimal and of a full environment break no rule that they do not declare', () => {
  for (const options of [minimal, full]) {
    expect(podSecurity.run(inputOf(build(options)))).toEqual([]);
  }
  expect(podSecurity.run(inputOf(stack))).toEqual([]);
});

describe('the API server refuses a pod of the stack', () => {
  test.each([...baseline, ...restricted])('for %s', (path, change) => {
    const { construct } = manifestOf(stack, jaeger);
    expect(found(jaeger, change)).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        place: { object: jaeger, construct, path },
        why: expect.stringMatching(refused),
      }),
    );
  });

  test('even where it declares an exception', () => {
    const change = (object: Spoilt) => {
      pod(object).hostNetwork = true;
      object.metadata.annotations = { [exception('host-network')]: 'it would like to' };
    };
    expect(pathsIn(jaeger, change)).toContain(`${p}.hostNetwork`);
  });
});

test.each(house)('our own rules forbid what is at %s', (path, change) => {
  const faults = found(jaeger, change);
  expect(faults.map(({ place }) => place.path)).toEqual([path]);
  expect(faults[0]?.why ?? '').not.toMatch(refused);
});

test('what a container of a node agent does must be declared with its reason', () => {
  const undeclare = (name: string, title: string) =>
    found(title, ({ metadata }) => delete metadata.annotations[exception(name)]);
  expect(
    undeclare('host-network', exporter).map(({ place, remedy }) => [place.path, remedy]),
  ).toEqual([
    [`${p}.hostNetwork`, "Remove it. Or declare the exception 'host-network' with its reason."],
    ...['livenessProbe', 'readinessProbe'].map((probe) => [
      `${c}.${probe}.httpGet.host`,
      "Remove it: without it the pod is asked. Or declare the exception 'host-network' with its reason.",
    ]),
  ]);
  expect(undeclare('root', cadvisor).map(({ place }) => place.path)).toEqual([
    `${sc}.runAsNonRoot`,
    `${sc}.runAsUser`,
  ]);
  expect(undeclare('host-path-runtime', cadvisor).map(({ place }) => place.path)).toEqual([
    `${p}.volumes[2].hostPath`,
  ]);
});

test('of a node agent too every other rule holds', () => {
  expect(pathsIn(cadvisor, (object) => (context(object).privileged = true))).toEqual([
    `${sc}.privileged`,
  ]);
  expect(pathsIn(exporter, (object) => (context(object).runAsUser = 0))).toEqual([
    `${sc}.runAsUser`,
  ]);
  expect(pathsIn(exporter, (object) => delete container(object).volumeMounts[0].readOnly)).toEqual([
    `${c}.volumeMounts[0].readOnly`,
  ]);
});

test('an exception is used, and has a reason for what is mounted', () => {
  const messages = (title: string, change: (object: Spoilt) => unknown) =>
    found(title, change).map(({ message }) => message);
  expect(messages(exporter, (object) => delete pod(object).hostPID)).toEqual([
    'The exception excuses nothing: the pods do not need it.',
  ]);
  expect(
    messages(exporter, ({ metadata }) => (metadata.annotations[exception('host-pid')] = ' ')),
  ).toContain('The exception has no reason.');
  expect(messages(cadvisor, (object) => (pod(object).volumes[1].hostPath.path = '/etc'))).toEqual([
    'The reason is for another folder of the node than /etc, which is mounted.',
  ]);
  const misspelt = found(exporter, ({ metadata }) => {
    metadata.annotations[exception('host-pidd')] = metadata.annotations[exception('host-pid')];
  });
  expect(misspelt.map(({ suggestion }) => suggestion)).toEqual(['host-pid']);
});

describe('a namespace', () => {
  const enforce = 'pod-security.kubernetes.io/enforce';
  const label = (value?: string, key = enforce) =>
    found('Namespace crowsnest', ({ metadata }) => {
      if (value === undefined) delete metadata.labels[key];
      else metadata.labels[key] = value;
    }).map(({ place, message, remedy, suggestion }) => [place.path, message, suggestion ?? remedy]);
  const at = (key: string) => `metadata.labels['${key}']`;

  test('enforces no less than its pods need', () => {
    for (const level of ['privileged', 'baseline']) {
      expect(label(level)).toEqual([
        [
          at(enforce),
          'The namespace allows more than its pods need, which is restricted.',
          'Say restricted.',
        ],
      ]);
    }
    expect(label()).toEqual([
      [at(enforce), 'The namespace enforces no level of Pod Security.', 'Say restricted.'],
    ]);
  });

  test('tells of what it refuses', () => {
    expect(label('baseline', enforce.replace('enforce', 'warn'))).toEqual([
      [
        at(enforce.replace('enforce', 'warn')),
        'The namespace does not warn at the level that it enforces.',
        'Say restricted.',
      ],
    ]);
  });

  test('enforces a level and a version that there are', () => {
    expect(label('restrictd')).toEqual([
      [at(enforce), 'There is no such level of Pod Security.', 'restricted'],
    ]);
    expect(label('1.36', `${enforce}-version`)).toEqual([
      [
        at(`${enforce}-version`),
        'This is no version of Pod Security.',
        'Say latest, or a version such as v1.36.',
      ],
    ]);
    expect(label('v1.36', `${enforce}-version`)).toEqual([]);
  });
});
