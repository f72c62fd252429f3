import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../engines/child.js';
import { systemProgram } from '../engines/debian.js';
import { engineBinary } from '../engines/installation.js';
import { eventually } from './wait.js';

const run = promisify(execFile);

/** Whether containers can run here: only root can create them. */
export const canRunContainers = process.getuid?.() === 0;

/** A container: a static binary, which is the only file in its root. */
export interface ContainerOptions {
  /** Whether it has two connected interfaces, in addition to loopback. @default false */
  readonly network?: boolean;
  readonly binary: string;
  readonly args: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** @default - none */
  readonly limits?: { readonly memoryBytes: number; readonly cpuMilliseconds: number };
}

/** A containerd of the test. */
export interface Containerd {
  readonly socket: string;
  readonly version: string;
  /** Starts a container in the namespace of the kubelet, and returns its identifier. */
  run(options: ContainerOptions): Promise<string>;
  stop(): Promise<void>;
}

const kubeletInterface = [
  'io.containerd.grpc.v1.cri',
  'io.containerd.cri.v1.images',
  'io.containerd.cri.v1.runtime',
];

/**
 * Starts containerd, optionally with the interface for the kubelet, with all its files in a folder.
 */
export const startContainerd = async (
  folder: string,
  { forKubelet = false } = {},
): Promise<Containerd> => {
  const socket = join(folder, 'containerd.sock');
  const config = join(folder, 'containerd.toml');
  const group = `crowsnest-${randomBytes(4).toString('hex')}`;
  const path = await engineBinary('containerd');
  const client = await engineBinary('ctr');
  const ip = await systemProgram('ip');
  await systemProgram('runc');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    config,
    `version = 3
root = "${join(folder, 'root')}"
state = "${join(folder, 'state')}"
disabled_plugins = ${JSON.stringify(forKubelet ? [] : kubeletInterface)}
[grpc]
address = "${socket}"
[ttrpc]
address = "${socket}.ttrpc"
`,
  );
  // It searches its shim on the PATH.
  const env = { ...process.env, PATH: `${dirname(path)}:${process.env.PATH}` };
  const child = startChild(path, ['--config', config], { cwd: folder, env });
  const ctr = (...args: string[]) =>
    run(client, ['--address', socket, '--namespace', 'k8s.io', ...args], { timeout: 60_000 });
  const ids: string[] = [];
  const stop = async () => {
    for (const id of ids) {
      await ctr('tasks', 'delete', '--force', id).catch(() => {});
      await ctr('containers', 'delete', id).catch(() => {});
    }
    await child.terminate('SIGTERM');
    removeGroups(group);
  };
  try {
    await eventually('containerd answers', async () => (await ctr('version')) && true);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    socket,
    version: execFileSync(path, ['--version'], { encoding: 'utf8' }).split(' ')[2] ?? '',
    run: async ({ binary, args, labels, limits, network }) => {
      const id = randomBytes(32).toString('hex');
      const root = join(folder, 'roots', id);
      mkdirSync(root, { recursive: true });
      copyFileSync(binary, join(root, basename(binary)));
      ids.push(id);
      await ctr(
        ...['run', '--detach', '--rootfs', `--cgroup=/${group}/${id}`],
        ...(limits
          ? [
              `--memory-limit=${limits.memoryBytes}`,
              ...['--cpu-period=100000', `--cpu-quota=${limits.cpuMilliseconds * 100}`],
            ]
          : []),
        ...Object.entries(labels).map(([key, value]) => `--label=${key}=${value}`),
        ...[root, id, `/${basename(binary)}`, ...args],
      );
      if (network) {
        const { stdout } = await ctr('tasks', 'list');
        const pid = new RegExp(`^${id}\\s+(\\d+)`, 'm').exec(stdout)?.[1] ?? '';
        const link = ['link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1'];
        await run('nsenter', ['--target', pid, '--net', ip, ...link]);
      }
      return id;
    },
    stop,
  };
};

const cgroups = '/sys/fs/cgroup';

/** Removes the parent groups that runc created for the containers, in each hierarchy. */
const removeGroups = (group: string): void => {
  for (const hierarchy of ['', ...readdirSync(cgroups)]) {
    const path = join(cgroups, hierarchy, group);
    if (existsSync(path)) rmdirSync(path);
  }
};
