/** Pods, by namespace and labels. */
export interface PodLocation {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** On the nodes' network, where policies see a node and not a pod. @default false */
  readonly hostNetwork?: boolean;
}

/** A process of every node, such as the kubelet. */
export interface NodeLocation {
  readonly kind: 'nodes';
}

/** Addresses that no selector matches. */
export interface AddressLocation {
  readonly kind: 'addresses';
  readonly cidrs: readonly string[];
  /** Parts of `cidrs` that are left out. */
  readonly except?: readonly string[];
  /** Service whose EndpointSlices list the single addresses. @default - only `host` is known */
  readonly service?: { readonly namespace: string; readonly name: string };
  /** What Cilium calls them; it does not match the cluster's own addresses by CIDR. */
  readonly ciliumEntity?: 'kube-apiserver' | 'host' | 'remote-node';
}

/** Where a workload of somebody else runs. */
export type Location = PodLocation | NodeLocation | AddressLocation;

/** Where a workload that Crowsnest deploys runs; names and labels follow from its identity. */
export interface OwnLocation {
  readonly kind: 'own';
  readonly namespace: 'stack' | 'nodeAgents';
  /** @default false */
  readonly hostNetwork?: boolean;
}
