import type { NodeCluster } from './pods-cluster.js';

/** The first process of a container, according to the kernel. */
export interface PodProcess {
  readonly pod: string;
  readonly container: string;
  readonly user: number;
  readonly group: number;
  /** The bits of all its capability sets together, including those that it could get. */
  readonly capabilities: number;
  readonly canGainPrivileges: boolean;
  readonly seccomp: 'none' | 'strict' | 'filter';
  readonly rootWritable: boolean;
  /** The memory limit of its control group. */
  readonly memoryBytes: number;
}

/** The first process of each running container. */
export const podProcesses = async (cluster: NodeCluster): Promise<PodProcess[]> => {
  const tasks = await cluster.worker.ctr(['tasks', 'list']);
  const pids = new Map(
    [...tasks.matchAll(/^(\w{64})\s+(\d+)\s/gm)].map(([, id, pid]) => [id, pid]),
  );
  const running = [...(await cluster.pods()).values()].flatMap(({ metadata, status }) =>
    (status.containerStatuses ?? []).flatMap(
      ({ name, containerID = '' }: { name: string; containerID?: string }) => {
        const pid = pids.get(containerID.split('//')[1]);
        return pid ? [{ pod: metadata.name, container: name, pid }] : [];
      },
    ),
  );
  return Promise.all(
    running.map(async ({ pod, container, pid }) => {
      const text = await cluster.machine.run(['cat', `/proc/${pid}/status`]);
      const groups = await cluster.machine.run(['cat', `/proc/${pid}/cgroup`]);
      const [, group = ''] = /:memory:(.+)$/m.exec(groups) ?? [];
      const limit = ['cat', `/sys/fs/cgroup/memory${group}/memory.limit_in_bytes`];
      const mounts = await cluster.machine.run(['cat', `/proc/${pid}/mountinfo`]);
      const field = (name: string): string =>
        new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(text)?.[1] ?? '';
      const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
      return {
        ...{ pod, container },
        user: Number(field('Uid')),
        group: Number(field('Gid')),
        capabilities: Number(sets.map((set) => BigInt(`0x${field(set)}`)).reduce((a, b) => a | b)),
        canGainPrivileges: field('NoNewPrivs') !== '1',
        seccomp: (['none', 'strict', 'filter'] as const)[Number(field('Seccomp'))] ?? 'none',
        memoryBytes: Number(await cluster.machine.run(limit)),
        rootWritable: !/^\d+ \d+ \S+ \S+ \/ ro[, ]/m.test(mounts),
      };
    }),
  );
};
