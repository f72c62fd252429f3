import { describe, expect, test } from 'vitest';
import podSecurity from '../../src/checks/pods/pod-security.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';

const stack = build({ ...minimal, containerMetrics: 'cadvisor' });
const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
const cadvisor = 'DaemonSet crowsnest-agents/crowsnest-cadvisor';
const p = 'spec.template.spec';
const c = `${p}.containers[0]`;
const sc = `${c}.securityContext`;

const pod = (object: Mutable) => object.spec.template.spec;
const container = (object: Mutable) => pod(object).containers[0];
const context = (object: Mutable) => container(object).securityContext;
const exception = (name: string) => `crowsnest/exception-${name}`;

const found = (title: string, change: (object: Mutable) => unknown) =>
  podSecurity.run(changed(stack, title, change));
const pathsIn = (title: string, change: (object: Mutable) => unknown) =>
  found(title, change).map(({ place }) => place.path);

type Case = [path: string, change: (object: Mutable) => unknown];

// Violations that the API server rejects, by the level that forbids them.
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

const refused = /^The namespace enforces restricted/;

test('the pods of a minimal and of a full environment have only declared exceptions', () => {
  for (const options of [minimal, full]) {
    expect(podSecurity.run(inputOf(build(options)))).toEqual([]);
  }
  expect(podSecurity.run(inputOf(stack))).toEqual([]);
});

describe('the API server rejects a pod of the stack', () => {
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

  test('even if it declares an exception', () => {
    const change = (object: Mutable) => {
      pod(object).hostNetwork = true;
      object.metadata.annotations = { [exception('host-network')]: 'it would like to' };
    };
    expect(pathsIn(jaeger, change)).toContain(`${p}.hostNetwork`);
  });
});

test.each(house)('our own rules forbid %s', (path, change) => {
  const faults = found(jaeger, change);
  expect(faults.map(({ place }) => place.path)).toEqual([path]);
  expect(faults[0]?.why ?? '').not.toMatch(refused);
});

test('a container of a node agent must declare each exception with its reason', () => {
  const undeclare = (name: string, title: string) =>
    found(title, ({ metadata }) => delete metadata.annotations[exception(name)]);
  expect(
    undeclare('host-network', exporter).map(({ place, fault, remedy }) => [
      place.path,
      fault,
      remedy.includes("the exception 'host-network'"),
    ]),
  ).toEqual([
    [`${p}.hostNetwork`, 'host-namespace', true],
    ...['livenessProbe', 'readinessProbe'].map((probe) => [
      `${c}.${probe}.httpGet.host`,
      'other-host-probe',
      true,
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

test('a pod with its own users must not share anything with its node', () => {
  const own = (object: Mutable) => (pod(object).hostUsers = false);
  expect(found(jaeger, own)).toEqual([]);
  expect(pathsIn(exporter, own)).toEqual([`${p}.hostUsers`]);
});

test('all other rules also apply to node agents', () => {
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

test('an exception must be needed, and must have a reason for the mounted path', () => {
  const faults = (title: string, change: (object: Mutable) => unknown) =>
    found(title, change).map(({ fault }) => fault);
  expect(faults(exporter, (object) => delete pod(object).hostPID)).toEqual(['unused-exception']);
  expect(
    faults(exporter, ({ metadata }) => (metadata.annotations[exception('host-pid')] = ' ')),
  ).toContain('no-reason');
  expect(faults(cadvisor, (object) => (pod(object).volumes[1].hostPath.path = '/etc'))).toEqual([
    'other-folder',
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
    }).map(({ place, fault, suggestion }) => [
      place.path,
      fault,
      ...(suggestion ? [suggestion] : []),
    ]);
  const at = (key: string) => `metadata.labels['${key}']`;

  test('must not enforce less than its pods need', () => {
    for (const level of ['privileged', 'baseline']) {
      expect(label(level)).toEqual([[at(enforce), 'low-level']]);
    }
    expect(label()).toEqual([[at(enforce), 'no-level']]);
  });

  test('must warn about rejected pods', () => {
    expect(label('baseline', enforce.replace('enforce', 'warn'))).toEqual([
      [at(enforce.replace('enforce', 'warn')), 'other-mode'],
    ]);
  });

  test('must enforce an existing level and version', () => {
    expect(label('restrictd')).toEqual([[at(enforce), 'unknown-level', 'restricted']]);
    expect(label('1.36', `${enforce}-version`)).toEqual([
      [at(`${enforce}-version`), 'unknown-version'],
    ]);
    expect(label('v1.36', `${enforce}-version`)).toEqual([]);
  });
});
