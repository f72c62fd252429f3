import { describe, expect, test } from 'vitest';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';
import { changed, type Mutable } from './input.js';

const stack = build({ ...minimal, containerMetrics: 'cadvisor' } as EnvironmentOptions);
const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
const cadvisor = 'DaemonSet crowsnest-agents/crowsnest-cadvisor';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const blackbox = 'Deployment crowsnest/crowsnest-blackbox-exporter';
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
const kubeStateMetrics = 'Deployment crowsnest/crowsnest-kube-state-metrics';

const found = (title: string, change: (container: Mutable, pod: Mutable) => void) =>
  configuration
    .run(
      changed(stack, title, ({ spec }) => {
        const pod = spec.template.spec;
        change(pod.containers[0], pod);
      }),
    )
    .map(({ fault, value }) => [fault, value]);

const flag = (from: string, to: string) => (container: Mutable) => {
  const args = container.args.map((one: string) => (one === from ? to : one));
  if (`${args}` === `${container.args}`) throw new Error(`There is no ${from}.`);
  container.args = args;
};

const mount = (path: string, change: object) => (container: Mutable) => {
  Object.assign(
    container.volumeMounts.find((one: Mutable) => one.mountPath === path),
    change,
  );
};

describe('paths that a program uses', () => {
  test.each([
    [exporter, '--path.rootfs=/host', '--path.rootfs=/hos', 'unmounted-path'],
    [exporter, '--path.rootfs=/host', '--path.rootfs=/host/root', 'wrong-host-path'],
    [exporter, '--path.procfs=/host/proc', '--path.procfs=/host/prc', 'wrong-host-path'],
    [exporter, '--path.sysfs=/host/sys', '--path.sysfs=/hst/sys', 'unmounted-path'],
    [prometheus, '--storage.tsdb.path=/prometheus', '--storage.tsdb.path=/data', 'unmounted-path'],
    [
      prometheus,
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.path=/etc/prometheus/config',
      'read-only-path',
    ],
  ])('of %s, changed from %s to %s', (title, from, to, fault) => {
    expect(found(title, flag(from, to))).toEqual([[fault, to.split('=')[1]]]);
  });

  test.each([
    // The pod shares the processes of the node.
    [exporter, '--path.procfs=/host/proc', '--path.procfs=/proc'],
    [exporter, '--path.sysfs=/host/sys', '--path.sysfs=/sys'],
    [exporter, '--path.rootfs=/host', '--path.rootfs=/host/'],
    [prometheus, '--storage.tsdb.path=/prometheus', '--storage.tsdb.path=/prometheus/tsdb'],
  ])('of %s can change from %s to %s', (title, from, to) => {
    expect(found(title, flag(from, to))).toEqual([]);
  });

  test('are mounted, and can be written if the program writes there', () => {
    expect(found(exporter, mount('/host', { mountPath: '/rootfs' }))).toHaveLength(4);
    expect(found(cadvisor, mount('/rootfs', { mountPath: '/root' }))).toEqual([
      ['unmounted-path', '/rootfs'],
    ]);
    expect(found(grafana, mount('/var/lib/grafana', { mountPath: '/var/lib/graphana' }))).toEqual([
      ['unmounted-path', '/var/lib/grafana'],
    ]);
    expect(found(jaeger, mount('/badger', { readOnly: true }))).toEqual([
      ['read-only-path', '/badger'],
    ]);
    const token = '/var/run/secrets/kubernetes.io/serviceaccount';
    expect(found(kubeStateMetrics, mount(token, { mountPath: '/var/run/token' }))).toEqual([
      ['unmounted-path', token],
    ]);
  });

  test('lead to the stated path of the node through any mount', () => {
    const proc = (_: Mutable, pod: Mutable) => {
      const [container] = pod.containers;
      pod.volumes.push({ name: 'proc', hostPath: { path: '/proc', type: 'Directory' } });
      container.volumeMounts.push({ name: 'proc', mountPath: '/node/proc', readOnly: true });
      flag('--path.procfs=/host/proc', '--path.procfs=/node/proc')(container);
    };
    expect(found(exporter, proc)).toEqual([]);
    expect(
      found(exporter, (_, pod) => {
        pod.volumes.find((one: Mutable) => one.hostPath?.path === '/').hostPath.path = '/home';
      }).map(([fault]) => fault),
    ).toEqual(Array.from({ length: 4 }, () => 'wrong-host-path'));
  });
});

describe('a volume of a ConfigMap', () => {
  const folder = '/etc/blackbox_exporter';

  test('at the path of a file makes it a folder', () => {
    const faults = found(blackbox, mount(folder, { mountPath: `${folder}/config.yml` }));
    expect(faults).toContainEqual(['folder-for-file', `${folder}/config.yml`]);
  });

  test('has the file in subPath', () => {
    const path = { mountPath: `${folder}/config.yml` };
    expect(found(blackbox, mount(folder, { ...path, subPath: 'config.yml' }))).toEqual([
      ['frozen-file', 'config.yml'],
    ]);
    expect(found(blackbox, mount(folder, { ...path, subPath: 'confg.yml' }))).toContainEqual([
      'unknown-sub-path',
      'confg.yml',
    ]);
  });

  test('can be at a folder with the name of a file', () => {
    const named = (container: Mutable, pod: Mutable) => {
      pod.volumes.push({ name: 'tls', secret: { secretName: 'tls' } });
      container.volumeMounts.push({ name: 'tls', mountPath: '/etc/tls.d', readOnly: true });
    };
    expect(found(blackbox, named)).toEqual([]);
  });

  test('of a Secret at the path that an argument has as a file is a folder too', () => {
    const named = (container: Mutable, pod: Mutable) => {
      pod.volumes.push({ name: 'tls', secret: { secretName: 'tls' } });
      container.volumeMounts.push({ name: 'tls', mountPath: '/etc/tls.crt', readOnly: true });
      container.args = [...container.args, '--web.config.file=/etc/tls.crt'];
    };
    expect(found(blackbox, named)).toContainEqual(['folder-for-file', '/etc/tls.crt']);
  });
});
