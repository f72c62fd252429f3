import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild } from '../engines/child.js';
import { eventually } from './wait.js';

const run = promisify(execFile);

/** Whether a machine can be created here: as root, with cgroup v1. */
export const canMakeMachine = process.getuid?.() === 0 && existsSync('/sys/fs/cgroup/memory');

/**
 * Namespaces for network, mounts and processes that replace the machine of a Kubernetes node: their
 * processes and mounts end with the first process.
 */
export interface Machine {
  /** The control group, in each hierarchy, of the machine's containers. */
  readonly cgroup: string;
  /** The output of a command in the machine or in one of its network namespaces. */
  run(command: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a process that runs until the machine ends. */
  start(command: readonly string[], options?: RunOptions): Child;
  /** The last output of each started command, by its name, and how it ended. */
  logs(): Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** How a command runs in a machine. */
export interface RunOptions {
  /** The path of a network namespace. @default - that of the machine */
  readonly network?: string;
  /** Text for its standard input. @default - none */
  readonly input?: string;
  /** Folders on the PATH before those of the system. @default - none */
  readonly path?: readonly string[];
}

const hierarchies = '/sys/fs/cgroup';

/** Creates a machine that stores its data in a folder. */
export const startMachine = async (folder: string): Promise<Machine> => {
  const cgroup = `/crowsnest-${randomBytes(4).toString('hex')}`;
  const ready = join(folder, 'ready');
  for (const name of ['lib', 'log', 'kernel']) mkdirSync(join(folder, name), { recursive: true });
  for (const [path, text] of Object.entries(tunables)) {
    writeFileSync(join(folder, 'kernel', path.replaceAll('/', '.')), text);
  }
  for (const hierarchy of hierarchiesThere()) {
    mkdirSync(join(hierarchies, hierarchy, cgroup), { recursive: true });
  }
  const child = startChild(
    'setpriv',
    [
      // The machine ends even if the test is killed.
      ...['--pdeathsig', 'KILL', 'unshare'],
      ...['--net', '--mount', '--ipc', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['bash', '-c', boot(folder, ready)],
    ],
    { cwd: folder, env: process.env },
  );
  const started = new Map<string, Child>();
  const enter = ({ network, path = [] }: RunOptions): string[] => [
    ...['--target', initOf(child), '--net', '--mount', '--ipc', '--uts', '--pid', '--'],
    ...(network ? ['nsenter', `--net=${network}`, '--'] : []),
    ...['env', `PATH=${[...path, process.env.PATH].join(':')}`],
  ];
  const stop = async () => {
    await child.terminate('SIGKILL');
    await eventually('the control groups are empty', async () => {
      for (const hierarchy of hierarchiesThere()) removeGroup(join(hierarchies, hierarchy, cgroup));
      return true;
    });
  };
  try {
    await eventually('the machine has started', async () => {
      if (child.ending() !== undefined) throw new Error(child.log());
      return existsSync(ready) || undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    cgroup,
    run: async (command, options = {}) => {
      const running = run('nsenter', [...enter(options), ...command], { maxBuffer: 2 ** 27 });
      // A command may end before it has read its input.
      running.child.stdin?.on('error', () => {}).end(options.input ?? '');
      return (await running).stdout;
    },
    start: (command, options = {}) => {
      const args = [...enter(options), ...command];
      const one = startChild('nsenter', args, { cwd: folder, env: process.env });
      started.set(basename(command[0] ?? ''), one);
      return one;
    },
    logs: () =>
      Object.fromEntries(
        [...started].map(([name, one]) => [
          name,
          `${one.log().slice(-2000)}\n${one.ending() ?? 'runs'}`,
        ]),
      ),
    stop,
  };
};

/** Settings that the kubelet would change for the whole kernel, by path in `/proc/sys`. */
const tunables = {
  'vm/overcommit_memory': '1\n',
  'vm/panic_on_oom': '0\n',
  'kernel/panic': '10\n',
  'kernel/panic_on_oops': '1\n',
  'kernel/keys/root_maxkeys': '1000000\n',
  'kernel/keys/root_maxbytes': '25000000\n',
};

const boot = (folder: string, ready: string): string => `
set -e
mount --bind ${folder}/lib /var/lib
mount --bind ${folder}/log /var/log
mount -t tmpfs tmpfs /run
# What /sys tells of networks belongs to the namespace in which it was mounted.
mkdir /run/cgroup
mount --rbind ${hierarchies} /run/cgroup
mount -t sysfs sysfs /sys
mount --rbind /run/cgroup ${hierarchies}
umount --recursive --lazy /run/cgroup
${Object.keys(tunables)
  .map((path) => `mount --bind ${folder}/kernel/${path.replaceAll('/', '.')} /proc/sys/${path}`)
  .join('\n')}
# A node's mounts reach the containers that ask for it.
mount --make-rshared /
hostname worker
ip link set lo up
touch ${ready}
# As the first process it reaps what others leave behind.
while sleep 3600; do :; done
`;

/** The process that unshare has forked: the first of the machine. */
const initOf = ({ pid }: Child): string =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();

const hierarchiesThere = (): string[] =>
  readdirSync(hierarchies, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Removes a group and its children; processes that still end keep them busy. */
const removeGroup = (path: string): void => {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(path, entry.name));
  }
  rmdirSync(path);
};
