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
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../engines/child.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const needed = ['containerd', 'ctr', 'runc', 'containerd-shim-runc-v2', 'nsenter', 'ip'];
const onPath = (binary: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, binary)));

/** Whether containers can run here: as root, with Debian's `containerd`, `runc` and `iproute2`. */
export const canRunContainers = process.getuid?.() === 0 && needed.every(onPath);

/** A container: a static binary alone on its root. */
export interface ContainerOptions {
  /** A pair of interfaces joined to each other, beside its loopback. @default false */
  readonly network?: boolean;
  readonly binary: string;
  readonly args: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** @default - none */
  readonly limits?: { readonly memoryBytes: number; readonly cpuMilliseconds: number };
}

/** A containerd of the test's own. */
export interface Containerd {
  readonly socket: string;
  readonly version: string;
  /** Starts a container in the namespace of the kubelet's, and returns its identifier. */
  run(options: ContainerOptions): Promise<string>;
  stop(): Promise<void>;
}

/** Starts containerd, by wish with the kubelet's interface, with all that it writes below a folder. */
export const startContainerd = async (
  folder: string,
  { forKubelet = false } = {},
): Promise<Containerd> => {
  const socket = join(folder, 'containerd.sock');
  const config = join(folder, 'containerd.toml');
  const group = `crowsnest-${randomBytes(4).toString('hex')}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    config,
    `version = 2
root = "${join(folder, 'root')}"
state = "${join(folder, 'state')}"
disabled_plugins = [${forKubelet ? '' : '"io.containerd.grpc.v1.cri"'}]
[grpc]
address = "${socket}"
[ttrpc]
address = "${socket}.ttrpc"
`,
  );
  const child = startChild('containerd', ['--config', config], { cwd: folder, env: process.env });
  const ctr = (...args: string[]) =>
    run('ctr', ['--address', socket, '--namespace', 'k8s.io', ...args], { timeout: 60_000 });
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
    version: execFileSync('containerd', ['--version'], { encoding: 'utf8' }).split(' ')[2] ?? '',
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
        await run('nsenter', ['--target', pid, '--net', 'ip', ...link]);
      }
      return id;
    },
    stop,
  };
};

const cgroups = '/sys/fs/cgroup';

/** Removes the groups that runc made above those of the containers, in each hierarchy. */
const removeGroups = (group: string): void => {
  for (const hierarchy of ['', ...readdirSync(cgroups)]) {
    const path = join(cgroups, hierarchy, group);
    if (existsSync(path)) rmdirSync(path);
  }
};
