import type { Resources } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { type Mount, trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { required } from '../../model/consumption.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { quantityValue } from '../../model/quantity.js';
import { trustEnvironment, trustPrerequisite } from '../../model/trust.js';
import { logClient, sendsLogs } from '../collector/log-store.js';
import type { Store } from '../collector/store.js';
import { type AgentConfigOptions, agentConfig, nodeVariable } from './config.js';
import { configFile, configFolder } from './file.js';
import { featureGates, podLogs, program, stateFolder } from './program.js';
import { storeName } from './store.js';

export interface LogAgentOptions extends AgentConfigOptions {
  readonly size: Resources & { readonly queue: string };
  /** What writes the files to which those in `/var/log/pods` are links. @default 'cri' */
  readonly runtime?: 'cri' | 'docker';
  /** @default - that of the container runtime */
  readonly seLinuxType?: string;
  /** Where lines are stored. @default - the provider of `logs` */
  readonly store?: Store;
}

/**
 * An OpenTelemetry Collector on every node: it reads the files of the containers' output, and sends the lines by
 * OTLP from a queue on the disk of the node.
 */
export const logAgent = (options: LogAgentOptions): Component => ({
  name: 'log-agent',
  workloads: { 'log-agent': { kind: 'own', namespace: 'nodeAgents' } },
  endpoints: {
    telemetry: {
      port: 8888,
      // Metric names with dots would need quotes in every query.
      offers: [metrics('/metrics', { nameEscaping: 'underscores' })],
    },
    status: { port: 13133, offers: [health('/', { startSeconds: 300 })] },
  },
  consumes: [required('dns'), sendsLogs(storeName, options.store)],
  readme: { workloads: [disk(options)] },
  rereads: { except: [] },
  prerequisites: trustPrerequisite(
    options.store?.certificateAuthority,
    'used to verify the store of logs',
    'nodeAgents',
  ),
  programs: { 'log-agent': program },
  render: (scope, wiring) => {
    const { identity, endpoints, secrets } = wiring.workloads['log-agent']!;
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(
        configFile,
        agentConfig(options, {
          endpoints,
          cluster: wiring.setting.cluster,
          own: identity,
          logs: logClient(wiring, options.store)!,
          queueBytes: quantityValue(options.size.queue),
        }),
      ),
    ]);
    workload(scope, wiring, 'log-agent', {
      kind: 'DaemonSet',
      hostAccess: {
        root: 'the files of the containers belong to root, and only it can read them; it has no capabilities',
        ...(options.seLinuxType && {
          seLinuxType: {
            type: options.seLinuxType,
            reason:
              'SELinux does not let the type of containers read the files of other containers',
          },
        }),
      },
      containers: [
        {
          name: 'log-agent',
          image: 'otel-collector',
          user: root,
          args: [`--config=${configFile.path}`, `--feature-gates=${featureGates}`],
          endpoints: Object.keys(endpoints),
          resources: options.size,
          goMemoryLimit: true,
          env: trustEnvironment(options.store?.certificateAuthority),
          podFields: { [nodeVariable]: 'spec.nodeName' },
          mounts: [
            config,
            ...hostMounts(identity.name, options.runtime),
            ...trustMounts(options.store?.certificateAuthority, secrets),
          ],
        },
      ],
    });
  },
});

const root = { user: 0, group: 0 };

const hostMounts = (name: string, runtime: LogAgentOptions['runtime'] = 'cri'): Mount[] => [
  {
    name: 'pod-logs',
    path: podLogs,
    source: { kind: 'host', path: podLogs, reason: 'reads the output of containers, read-only' },
  },
  ...(runtime === 'docker' ? [dockerMount] : []),
  {
    name: 'state',
    path: stateFolder,
    source: {
      kind: 'host',
      path: `/var/lib/${name}`,
      reason: 'keeps what it has read and what it has not sent yet, also after a restart',
      writes: true,
    },
  },
];

const dockerFiles = '/var/lib/docker/containers';

const dockerMount: Mount = {
  name: 'docker-logs',
  path: dockerFiles,
  source: {
    kind: 'host',
    path: dockerFiles,
    reason: `has the files to which those in ${podLogs} are links, read-only`,
  },
};

const disk = ({ size: { queue } }: LogAgentOptions): string =>
  `log-agent keeps up to ${queue} of lines that it cannot send on the disk of each node; the files for them have at most three times this size.`;
