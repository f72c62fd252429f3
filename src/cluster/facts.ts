import type { SizeName } from '../config/size.js';
import { type ApiServerFacts, apiServerFacts } from './api-server.js';
import { type DnsFacts, dnsFacts } from './dns.js';
import type { Found } from './found.js';
import { type GatewayFact, gatewayFacts, type IngressFact, ingressFacts } from './ingress.js';
import { type MonitoringFacts, monitoringFacts } from './monitoring.js';
import { type NetworkPlugin, networkPlugin } from './network-plugin.js';
import { type NodeFacts, nodeFacts } from './nodes.js';
import { type DetectedPlatform, detectPlatform } from './platform.js';
import { isRead, objectsOf, type Reading } from './reading.js';
import { proposedSize } from './size.js';
import { type StorageFact, storageFact } from './storage.js';

/** Everything that is known about a cluster. */
export interface ClusterFacts {
  readonly platform: DetectedPlatform;
  readonly nodes?: NodeFacts;
  /** Pods that have not ended. */
  readonly pods?: Found<number>;
  readonly apiServer: ApiServerFacts;
  readonly dns: DnsFacts;
  readonly networkPlugin: NetworkPlugin;
  readonly storage?: StorageFact;
  readonly ingresses: readonly IngressFact[];
  readonly gateways: readonly GatewayFact[];
  /** Without those of Kubernetes itself. */
  readonly priorityClasses: readonly string[];
  readonly monitoring: MonitoringFacts;
  readonly size: Found<SizeName>;
  /** Kinds whose objects could not be read: what would follow from them is unknown. */
  readonly unread: readonly string[];
}

/** Derives the facts from what was read. */
export const clusterFacts = (reading: Reading): ClusterFacts => {
  const platform = detectPlatform(reading);
  const nodes = nodeFacts(reading, platform.value);
  const pods = objectsOf(reading, 'Pod').filter(
    ({ status }) => !['Succeeded', 'Failed'].includes(`${status?.phase}`),
  ).length;
  const storage = storageFact(reading);
  return {
    platform,
    ...(nodes && { nodes }),
    ...(pods > 0 && { pods: { value: pods, from: 'Pods that have not ended' } }),
    apiServer: apiServerFacts(reading, platform.value),
    dns: dnsFacts(reading),
    networkPlugin: networkPlugin(reading, platform.value),
    ...(storage && { storage }),
    ingresses: ingressFacts(reading),
    gateways: gatewayFacts(reading),
    priorityClasses: objectsOf(reading, 'PriorityClass')
      .map(({ metadata }) => metadata.name)
      .filter((name) => !name.startsWith('system-')),
    monitoring: monitoringFacts(reading, platform.value),
    size: proposedSize(nodes?.count.value, isRead(reading, 'Pod') ? pods : undefined),
    unread: reading.missing.map(({ kind }) => kind),
  };
};
