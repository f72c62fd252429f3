import { z } from 'zod';
import { cidr, ipAddress, objectName, port } from './fields.js';
import { platforms } from './platforms.js';

/** The cluster that is observed. */
export const cluster = z.strictObject({
  /** Told to whoever receives a series or an alert, as the external label `cluster`. */
  name: z.string().min(1).max(63),
  /** What the cluster allows to be scraped follows from it: see `config/platforms.ts`. */
  platform: z.enum(Object.keys(platforms) as [keyof typeof platforms]),
  /** Addresses of all nodes; traffic with the host network is allowed for these alone. */
  nodeCidrs: z.array(cidr).min(1),
  apiServer: z.strictObject({
    /** Address of the Service `kubernetes` in the namespace `default`. */
    serviceAddress: ipAddress,
    /** Where the API servers themselves listen: `kubectl get endpointslices -n default`. */
    endpointCidrs: z.array(cidr).min(1),
    /** @default 6443, or 443 where the platform's listens there */
    endpointPort: port.optional(),
  }),
  /**
   * Whether scheduler, controller-manager, etcd and kube-proxy listen on the nodes' addresses; as
   * kubeadm and kind install them, they listen on loopback alone.
   * @default 'loopback'
   */
  controlPlane: z.enum(['loopback', 'exposed']).default('loopback'),
  dns: z
    .strictObject({
      /** On the node itself, where pods ask a cache there. @default - the platform's */
      localAddresses: z.array(ipAddress),
    })
    .optional(),
  /** Cilium does not match nodes and the API server by address; it gets policies of its own kind. */
  networkPlugin: z.enum(['kubernetes', 'cilium']).default('kubernetes'),
  /** How many nodes it has, or may get: series are estimated from it. @default - as the size says */
  nodes: z.int().min(1).optional(),
  /** How many pods it has, or may get. @default - as the size says */
  pods: z.int().min(1).optional(),
  /** Of all volumes. @default - the platform's default class, where it has one */
  storageClass: z
    .strictObject({
      name: objectName,
      /** Its `allowVolumeExpansion`. */
      expandable: z.boolean(),
    })
    .optional(),
});
