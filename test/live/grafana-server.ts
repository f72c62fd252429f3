import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { GrafanaInstallation } from './grafana-installation.js';
import { type Answer, askInside, type Request } from './grafana-request.js';
import { layOutPod, type Pod } from './pod.js';
import type { PodCluster } from './pods-cluster.js';
import { find } from './shipped.js';
import { eventually } from './wait.js';

/** A Grafana with the files of an environment, in the machine of a cluster. */
export interface RunningGrafana {
  /** Its URL in the machine. */
  readonly url: string;
  /** The login in the shipped configuration. */
  readonly login: { readonly user: string; readonly password: string };
  /** Sends requests to its API as that user, in order. */
  ask(requests: readonly Request[]): Promise<Answer[]>;
  /** Its whole log. */
  log(): string;
}

const workload = { kind: 'StatefulSet', name: 'crowsnest-grafana' };
const dataFolder = '/var/lib/grafana';
const provisioning = '/etc/grafana/provisioning';

/**
 * Starts Grafana with the shipped configuration, provisioning and dashboards, and waits until it is
 * healthy. It uses the addresses of pods for its data sources, because the names of Services
 * resolve only in pods. `settings` are arguments that override the configuration.
 */
export const startGrafana = async (
  cluster: PodCluster,
  objects: readonly KubernetesObject[],
  folder: string,
  { binary, home }: GrafanaInstallation,
  settings: readonly string[] = [],
): Promise<RunningGrafana> => {
  const pod = layOutPod(objects, workload, 'grafana', folder);
  edit(pod, `${provisioning}/dashboards/crowsnest.yaml`, (text) =>
    text.replaceAll('path: /dashboards/', `path: ${folder}/dashboards/`),
  );
  const pods = await cluster.pods();
  edit(pod, `${provisioning}/datasources/crowsnest.yaml`, (text) =>
    text.replace(/(?<=http:\/\/)(crowsnest-[\w-]+)\.crowsnest\.svc(?=:)/g, (host, name) => {
      const address = pods.get(`crowsnest/${name}-0`)?.status.podIP;
      if (!address) throw new Error(`No pod answers for ${host}.`);
      return address;
    }),
  );
  makeCredentials(objects, pod);

  const logFile = `${folder}/grafana.log`;
  const child = cluster.machine.start([
    ...['bash', '-c', 'log=$1; shift; exec "$@" >"$log" 2>&1', 'bash', logFile],
    ...[binary, ...(binary.endsWith('grafana') ? ['server'] : []), `--homepath=${home}`],
    ...[`--config=${pod.path('/etc/grafana/grafana.ini')}`],
    ...[`cfg:default.paths.data=${pod.path(dataFolder)}`, `cfg:default.paths.logs=${folder}/logs`],
    ...[`cfg:default.paths.plugins=${pod.path(dataFolder)}/plugins`],
    ...[`cfg:default.paths.provisioning=${pod.path(provisioning)}`],
    ...settings,
  ]);
  const url = 'http://127.0.0.1:3000';
  const user = iniValue(objects, 'admin_user');
  const password = readFileSync(pod.path(`${dataFolder}/credentials/admin-password`), 'utf8');
  const log = () => readFileSync(logFile, 'utf8');
  const ask = (requests: readonly Request[]) =>
    askInside(cluster.machine, url, requests, { user, password });
  await eventually('Grafana is healthy', async () => {
    const ending = child.ending();
    if (ending !== undefined) throw new Error(`it ended: ${ending}\n${log().slice(-2000)}`);
    const [health] = await ask([{ path: '/api/health' }]);
    return health?.status === 200 || undefined;
  });
  return { url, login: { user, password }, ask, log };
};

const edit = (pod: Pod, mounted: string, change: (text: string) => string): void => {
  const path = pod.path(mounted);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};

/** Runs the shipped init container, which creates the password at the first start. */
const makeCredentials = (objects: readonly KubernetesObject[], pod: Pod): void => {
  const { initContainers } = find(objects, workload.kind, workload.name).spec.template.spec;
  for (const { command } of initContainers) {
    const [program, ...args]: string[] = command.map((one: string) =>
      one.replaceAll(dataFolder, pod.path(dataFolder)),
    );
    execFileSync(program!, args);
  }
};

/** A value of the shipped `grafana.ini`. */
const iniValue = (objects: readonly KubernetesObject[], key: string): string => {
  const ini: string = find(objects, 'ConfigMap', 'crowsnest-grafana-config').data['grafana.ini'];
  const value = new RegExp(`^${key} = (.*)$`, 'm').exec(ini)?.[1];
  if (value === undefined) throw new Error(`grafana.ini has no ${key}.`);
  return value;
};
