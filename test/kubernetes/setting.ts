import { identityOf } from '../../src/model/identity.js';
import type { Setting, Wiring, WorkloadWiring } from '../../src/model/wiring.js';

/** An environment for tests that render single objects. */
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
  priorityClass: () => undefined,
  version: () => undefined,
  apartOn: 1,
  hostUsers: true,
};

/** The wiring of a component with the given workloads, in the namespace of the stack. */
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
  incoming: [],
  scrapeJobs: [],
  exposed: {},
  alertmanagers: [],
  dataSources: [],
  content: { dashboards: {}, ruleFiles: {} },
});

/** The resources of a container in tests that do not depend on them. */
export const resources = { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' };
