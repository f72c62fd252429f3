import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { httpStatus } from '../engines/http.js';
import { freePort } from '../engines/port.js';
import { startEngine } from '../engines/process.js';
import { layOutPod } from './pod.js';
import { find, shipped } from './shipped.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const objects = shipped('production');

/** The shipped arguments with another port; the address before the port is not changed. */
const moved = (args: readonly string[], flag: string, port: number): string[] => {
  const listener = new RegExp(`^(--${flag}=.*:)\\d+$`);
  expect(args.filter((arg) => listener.test(arg))).toHaveLength(1);
  return args.map((arg) => arg.replace(listener, `$1${port}`));
};

/** The statuses of a page by the IPv4 and the IPv6 address of this machine. */
const statuses = (port: number, path: string): Promise<(number | string)[]> =>
  Promise.all(
    ['127.0.0.1', '[::1]'].map((host) => httpStatus(`http://${host}:${port}${path}`, 5000)),
  );

describe('on other ports than the shipped ones, by IPv4 and IPv6', () => {
  it('prometheus answers', async () => {
    const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
    const pod = layOutPod(objects, workload, 'prometheus', join(folder, 'prometheus'));
    const engine = await startEngine({
      binary: 'prometheus',
      args: ({ port }) => moved(pod.args, 'web\\.listen-address', port),
      env: { POD_NAME: 'crowsnest-prometheus-0' },
      readyPath: '/-/ready',
    });
    expect(await statuses(engine.port, '/-/ready')).toEqual([200, 200]);
    await engine.stop();
  });

  it('a replica of alertmanager answers, and its mesh listens', async () => {
    const workload = { kind: 'StatefulSet', name: 'crowsnest-alertmanager' };
    const pod = layOutPod(objects, workload, 'alertmanager', join(folder, 'alertmanager'));
    const mesh = await freePort();
    const engine = await startEngine({
      binary: 'alertmanager',
      args: ({ port }) =>
        moved(moved(pod.args, 'web\\.listen-address', port), 'cluster\\.listen-address', mesh)
          .filter((arg) => !arg.startsWith('--cluster.peer='))
          .map((arg) => arg.replace(/^(--cluster\.advertise-address=).*/, `$1[::1]:${mesh}`)),
      readyPath: '/-/ready',
    });
    expect(await statuses(engine.port, '/-/ready')).toEqual([200, 200]);
    const { cluster } = (await (await fetch(`${engine.url}/api/v2/status`)).json()) as {
      cluster: { peers: { address: string }[] };
    };
    expect(cluster.peers.map(({ address }) => address)).toEqual([`[::1]:${mesh}`]);
    await engine.stop();
  });

  it('blackbox-exporter answers', async () => {
    const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
    const pod = layOutPod(objects, workload, 'blackbox-exporter', join(folder, 'blackbox'));
    const engine = await startEngine({
      binary: 'blackbox_exporter',
      args: ({ port }) => moved(pod.args, 'web\\.listen-address', port),
      readyPath: '/-/healthy',
    });
    expect(await statuses(engine.port, '/-/healthy')).toEqual([200, 200]);
    await engine.stop();
  });

  it('every page of jaeger answers', async () => {
    const workload = { kind: 'StatefulSet', name: 'crowsnest-jaeger' };
    const pod = layOutPod(objects, workload, 'jaeger', join(folder, 'jaeger'));
    const files = find(objects, 'ConfigMap', 'crowsnest-jaeger-config').data;
    const declared = find(objects, 'StatefulSet', 'crowsnest-jaeger').spec.template.spec
      .containers[0].ports as { name: string; containerPort: number }[];
    const ports: Record<string, number> = {};
    let text: string = files['config.yaml'];
    for (const { name, containerPort } of declared) {
      ports[name] = await freePort();
      const listener = new RegExp(`(?<=: :|port: )${containerPort}$`, 'gm');
      expect(text.match(listener)).toHaveLength(1);
      text = text.replace(listener, `${ports[name]}`);
    }
    for (const inside of [16685, 5779]) text = text.replace(`:${inside}`, `:${await freePort()}`);
    pod.update('/etc/jaeger', { ...files, 'config.yaml': text });
    const engine = await startEngine({
      binary: 'jaeger',
      args: () => pod.args,
      port: ports.status!,
      readyPath: '/status',
    });
    expect(await statuses(ports.status!, '/status')).toEqual([200, 200]);
    expect(await statuses(ports.telemetry!, '/metrics')).toEqual([200, 200]);
    expect(await statuses(ports['span-metrics']!, '/metrics')).toEqual([200, 200]);
    expect(await statuses(ports.sampling!, '/sampling?service=a')).toEqual([200, 200]);
    expect(await statuses(ports.query!, '/')).toEqual([200, 200]);
    // This page accepts only POST.
    expect(await statuses(ports['otlp-http']!, '/v1/traces')).toEqual([405, 405]);
    await engine.stop();
  });
});
