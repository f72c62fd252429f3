import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { images } from '../../src/components/index.js';
import { imageReference } from '../../src/config/image.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { systemProgram } from '../engines/debian.js';
import { workloadsOf } from './cluster-pods.js';
import { folderOf, prerequisites } from './cluster-prerequisites.js';
import { type StaticImage, writeImageArchive } from './image-archive.js';
import { shippedImages } from './image-set.js';
import { type ControlPlane, startControlPlane } from './node-control-plane.js';
import { type Machine, startMachine } from './node-machine.js';
import { layNetwork } from './node-network.js';
import { pauseImage, startWorker, type Worker } from './node-worker.js';
import { bystanderImage, bystanders } from './pods-bystanders.js';
import { clusterDns, dnsImage } from './pods-dns.js';
import { localVolumes } from './pods-volumes.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

/** A cluster with one worker and a deployed environment. */
export interface PodCluster {
  readonly machine: Machine;
  readonly controlPlane: ControlPlane;
  readonly worker: Worker;
  /** The pods as the API server has them, by namespace and name. */
  pods(): Promise<ReadonlyMap<string, KubernetesObject>>;
  /** Seconds from the apply until every pod was ready. */
  readonly secondsToReady: number;
  stop(): Promise<void>;
}

/** The workloads of an environment whose images can be built. */
export const workloadsThere = (environment: string): KubernetesObject[] =>
  workloadsOf(shipped(environment)).filter(
    ({ spec }) => spec.template.spec.containers[0].image !== missingImage,
  );

const missingImage = imageReference(images.grafana!);

/** A cluster with one worker, without pods. */
export type NodeCluster = Omit<PodCluster, 'secondsToReady'>;

/** Starts a cluster whose worker has the images that can be built, and the given ones. */
export const startNode = async (
  folder: string,
  images: readonly StaticImage[] = [],
): Promise<NodeCluster> => {
  // Loaded first: the machine could only show that a file is missing.
  for (const program of ['ip', 'ipset', 'iptables', 'runc'] as const) await systemProgram(program);
  const machine = await startMachine(folder);
  return endingWith(machine, async () => {
    await layNetwork(machine);
    const busybox = await systemProgram('busybox');
    const pause = { reference: pauseImage, binary: busybox, entrypoint: '/busybox' };
    const [controlPlane, archive] = await Promise.all([
      startControlPlane(machine, join(folder, 'control-plane')),
      writeImageArchive(join(folder, 'images'), [
        ...(await shippedImages()),
        await dnsImage(),
        { ...pause, arguments: ['sleep', 'infinity'] },
        ...images,
      ]),
    ]);
    const worker = await startWorker(machine, controlPlane, join(folder, 'worker'), archive);
    const pods = async () => byTitle(await controlPlane.list('pods'));
    return { machine, controlPlane, worker, pods, stop: () => machine.stop() };
  });
};

/** Ends the machine if something fails, whose message then has the logs. */
const endingWith = async <T>(machine: Machine, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const logs = Object.entries(machine.logs()).map(([name, log]) => `${name}:\n${log}`);
    await machine.stop();
    throw new Error([error instanceof Error ? error.message : error, ...logs].join('\n'));
  }
};

/**
 * Creates a cluster with its usual pods, deploys an environment from `dist/`, and waits until its
 * pods are ready.
 */
export const startPodCluster = async (environment: string, folder: string): Promise<PodCluster> => {
  const image = { ...bystanderImage, binary: await systemProgram('busybox') };
  const cluster = await startNode(folder, [image]);
  return endingWith(cluster.machine, async () => {
    await prepareCluster(environment, cluster.controlPlane, folder);
    const { kubectl } = cluster.controlPlane;
    await kubectl(['apply', '--server-side', '--validate=strict', '-f', folderOf(environment)]);
    await create(cluster.controlPlane, bystanders(shipped(environment)));
    const deployed = performance.now();
    await untilReady(cluster, environment);
    const secondsToReady = Math.round((performance.now() - deployed) / 1000);
    return { ...cluster, secondsToReady };
  });
};

/** Creates what an environment expects: the DNS of the cluster, its prerequisites, and a volume for each claim. */
export const prepareCluster = async (
  environment: string,
  controlPlane: ControlPlane,
  folder: string,
): Promise<void> => {
  const volumes = { folder: join(folder, 'lib', 'volumes'), seenAs: '/var/lib/volumes' };
  mkdirSync(volumes.folder, { recursive: true });
  const objects = localVolumes(shipped(environment), volumes);
  await create(controlPlane, [...clusterDns, ...prerequisites(environment), ...objects]);
};

const create = ({ kubectl }: ControlPlane, items: readonly KubernetesObject[]) =>
  kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );

const byTitle = (pods: readonly KubernetesObject[]) =>
  new Map(pods.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod]));

/** Waits until all pods are ready, and each workload has one, except workloads without an image. */
export const untilReady = ({ pods }: Pick<PodCluster, 'pods'>, environment: string) =>
  eventually('all pods are ready', async () => {
    const all = [...(await pods()).values()].filter(
      ({ spec }) => spec.containers[0].image !== missingImage,
    );
    const waiting = all.filter((pod) => !isReady(pod));
    if (waiting.length > 0) throw new Error(waiting.map(reasonOf).join('; '));
    const names = all.map(({ metadata }) => metadata.name);
    return (
      workloadsThere(environment).every(({ metadata }) =>
        names.some((name) => name.startsWith(`${metadata.name}-`)),
      ) || undefined
    );
  });

/** Whether a pod counts as ready. */
export const isReady = ({ status }: KubernetesObject): boolean =>
  status.conditions?.some(
    (one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True',
  ) ?? false;

/** What a pod waits for. */
export const reasonOf = ({ metadata, status }: KubernetesObject): string =>
  `${metadata.name}: ${status.phase} ${JSON.stringify(status.containerStatuses?.map(({ state }: { state: object }) => state))}`;
