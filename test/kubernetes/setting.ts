import { identityOf } from '../../src/model/identity.js';
import type { Setting, Wiring, WorkloadWiring } from '../../src/model/wiring.js';

/** An environment in which components are drawn on their own. */
export const setting: Setting = {
  names: { stack: 'nest', namespaces: { stack: 'watch', nodeAgents: 'watch-agents' } },
  cluster: 'test',
  scrapeInterval: '30s',
  keep: {},
  image: (name) => ({ reference: `registry.example.com/${name}:1.0.0`, user: 65532, group: 65533 }),
  storageClass: 'fast',
  pullSecrets: [],
  nodeSelector: {},
  tolerations: [],
};

/** The wiring of a component with the workloads that are named, in the stack's namespace. */
export const wiringOf = (
  workloads: Readonly<Record<string, Partial<WorkloadWiring>>>,
  more: Partial<Setting> = {},
): Wiring => ({
  setting: { ...setting, ...more },
  workloads: Object.fromEntries(
    Object.entries(workloads).map(([key, rest]): [string, WorkloadWiring] => [
      key,
      {
        identity: identityOf(setting.names, 'cart', key, { namespace: 'stack' }),
        hostNetwork: false,
        endpoints: {},
        probes: {},
        clusterCa: false,
        tokenAudiences: [],
        secrets: [],
        ...rest,
      },
    ]),
  ),
  outgoing: [],
  scrapeJobs: [],
  alertmanagers: [],
  dataSources: [],
  content: { dashboards: {}, rules: {}, expressions: [] },
});

/** What a container asks for, where it does not matter. */
export const resources = { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' };
