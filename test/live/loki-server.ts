import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { enginesUsed } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { imageRelease } from '../engines/release.js';
import type { LokiInstallation } from './loki-installation.js';
import { layOutPod, type Pod } from './pod.js';

const workload = { kind: 'StatefulSet', name: 'crowsnest-loki' };

/** The file with the configuration. */
export const lokiFile = '/etc/loki/config.yaml';

/** The folder of the volume. */
export const lokiFolder = '/loki';

/** The loopback ports that replace those of Loki. */
export interface LokiPorts {
  readonly http: number;
  readonly grpc: number;
}

export const lokiPorts = async (): Promise<LokiPorts> => ({
  http: await freePort(),
  grpc: await freePort(),
});

/** The pod of Loki, with ports of this machine, and further changes of its configuration. */
export const lokiPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  ports: LokiPorts,
  change: (config: string) => string = (config) => config,
): Pod => {
  const pod = layOutPod(objects, workload, 'loki', folder);
  const text = readFileSync(pod.path(lokiFile), 'utf8')
    .replace(/(?<=http_listen_port: )\d+/, `${ports.http}`)
    .replace(/(?<=grpc_listen_port: )\d+/, `${ports.grpc}`);
  writeFileSync(pod.path(lokiFile), change(text));
  return pod;
};

/** Runs a program on a read-only root, with folders in which it can write, up to `--`. */
const onReadOnlyRoot =
  'while [ "$1" != -- ]; do mount --bind "$1" "$1" || exit 1; shift; done; mount -o remount,ro,bind / && shift && exec "$@"';

interface StartSettings {
  /** Whether it can write only to the folders that its pod can write to, which only root can do. @default false */
  readonly readOnly?: boolean;
  /** Variables from Secrets. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts it with the shipped flags, and waits until it takes lines and queries.
 */
export const startLoki = (
  { binary, version }: LokiInstallation,
  pod: Pod,
  ports: LokiPorts,
  { readOnly, env }: StartSettings = {},
): Promise<RunningEngine> => {
  // A binary that was built without a version is one of the release that ships.
  const temporary = pod.path('/tmp');
  const writable = [pod.path(lokiFolder), ...(existsSync(temporary) ? [temporary] : [])];
  enginesUsed.add(`loki ${version || imageRelease('loki')}`);
  return startEngine({
    binary: 'loki',
    path: readOnly ? 'unshare' : binary,
    args: () =>
      readOnly
        ? ['--mount', 'sh', '-c', onReadOnlyRoot, 'sh', ...writable, '--', binary, ...pod.args]
        : pod.args,
    env: { ...pod.env, ...(existsSync(temporary) && { TMPDIR: temporary }), ...env },
    port: ports.http,
    readyPath: '/ready',
  });
};
