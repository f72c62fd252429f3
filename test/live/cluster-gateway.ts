import type { Cluster } from './cluster.js';
import { installDefinitions } from './cluster-definition.js';

/** Installs the kinds of the Gateway API; the check `schema` validates the fields with the real schemas. */
export const installGatewayApi = (cluster: Pick<Cluster, 'kubectl'>): Promise<void> =>
  installDefinitions(cluster, 'gateway.networking.k8s.io', ['Gateway', 'HTTPRoute']);
