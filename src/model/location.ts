/** Pods, by namespace and labels. */
export interface PodLocation {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** On the host network, where policies match the node and not the pod. @default false */
  readonly hostNetwork?: boolean;
  /** One on every node, so that no Service leads to them. @default false */
  readonly onEachNode?: boolean;
  /** Port of the pods, if a Service maps the ports of the endpoints to it. @default - as the endpoints */
  readonly port?: number;
}

/** A process on every node, such as the kubelet. */
export interface NodeLocation {
  readonly kind: 'nodes';
}

/** Addresses that no label selector matches. */
export interface AddressLocation {
  readonly kind: 'addresses';
  readonly cidrs: readonly string[];
  /** Blocks in `cidrs` that are excluded. */
  readonly except?: readonly string[];
  /** Service whose EndpointSlices list the addresses. @default - only `host` is known */
  readonly service?: { readonly namespace: string; readonly name: string };
  /** Cilium's entities for them: Cilium does not match addresses of the cluster by CIDR. */
  readonly ciliumEntity?: 'kube-apiserver' | 'host' | 'remote-node';
}

/** The location of a workload that Crowsnest does not deploy. */
export type Location = PodLocation | NodeLocation | AddressLocation;

/** The location of a workload that Crowsnest deploys; names and labels come from its identity. */
export interface OwnLocation {
  readonly kind: 'own';
  readonly namespace: 'stack' | 'nodeAgents';
  /** @default false */
  readonly hostNetwork?: boolean;
}
