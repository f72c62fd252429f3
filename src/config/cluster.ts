import { z } from 'zod';
import { cidr, dnsLabel, ipAddress, objectName, podLabels, port } from './fields.js';
import { type PlatformName, platforms } from './platforms.js';

/** The cluster that is monitored. */
export const cluster = z.strictObject({
  /** Sent as the external label `cluster`. */
  name: z.string().min(1).max(63),
  /** Determines what can be scraped: see `config/platforms.ts`. */
  platform: z.enum([...Object.keys(platforms), 'generic'] as [PlatformName]),
  /** Addresses of all nodes; policies allow host-network traffic only for these. */
  nodeCidrs: z.array(cidr).min(1),
  /** The servers of the Kubernetes API. */
  apiServer: z.strictObject({
    /** Address of the Service `kubernetes` in the namespace `default`. */
    serviceAddress: ipAddress,
    /** Addresses of the API servers: `kubectl get endpointslices -n default`. */
    endpointCidrs: z.array(cidr).min(1),
    /** The port behind the Service, whose own port is 443. @default - that of the platform */
    endpointPort: port.optional(),
  }),
  /**
   * Whether kube-scheduler, kube-controller-manager, etcd and kube-proxy listen on the addresses of
   * their nodes, where Prometheus can scrape them. kubeadm and kind install them on loopback. To
   * expose them, start kube-scheduler and kube-controller-manager with `--bind-address=0.0.0.0` and
   * etcd with `--listen-metrics-urls=http://0.0.0.0:2381`, and set `metricsBindAddress:
   * 0.0.0.0:10249` in kube-proxy's configuration. Every client that reaches the node
   * can then read the metrics of etcd and kube-proxy. The generated README has the kubeadm configuration.
   * @default 'loopback'
   */
  controlPlane: z.enum(['loopback', 'exposed']).default('loopback'),
  /** The DNS server of the cluster. */
  dns: z
    .strictObject({
      /** Address of a DNS cache on the node. @default - that of the platform */
      localAddresses: z.array(ipAddress).optional(),
      /** The pods of the DNS server. @default - those of the platform */
      pods: z.strictObject({ namespace: dnsLabel, labels: podLabels }).optional(),
      /** The port of its pods, which its Service maps from 53: policies use it. @default - that of the platform */
      port: port.optional(),
      /** The port of its metrics page. @default - that of the platform; on `generic` no metrics */
      metricsPort: port.optional(),
    })
    .optional(),
  /** How the certificate of the kubelet can be verified. @default - as the platform allows */
  kubelet: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cluster-ca') }),
      z.strictObject({
        kind: z.literal('unverified'),
        /** Listed in the generated README. */
        reason: z.string().min(10),
      }),
    ])
    .optional(),
  /** `cilium` adds policies of its own kind: Cilium does not match nodes and the API server by address. */
  networkPlugin: z.enum(['kubernetes', 'cilium']).default('kubernetes'),
  /**
   * Highest expected number of nodes, from which synth estimates the series. If it is at least the
   * number of replicas, those of Prometheus and Alertmanager never share a node that is available.
   * If the volumes belong to one zone, that zone needs as many nodes.
   * @default - from `size`
   */
  nodes: z.int().min(1).optional(),
  /**
   * CPU cores of a node, as Kubernetes counts them (`status.capacity.cpu`); the average if nodes
   * differ. node-exporter exposes about 30 series for each core.
   * @default - from `size`: 4, 8 or 16
   */
  cores: z.int().min(1).optional(),
  /** Highest expected number of pods. @default - from `size` */
  pods: z.int().min(1).optional(),
  /** Of all volumes. @default - the default class of the platform, if it has one */
  storageClass: z
    .strictObject({
      name: objectName,
      /** Whether the class has `allowVolumeExpansion`. */
      expandable: z.boolean(),
    })
    .optional(),
});
