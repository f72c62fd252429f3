/** The resources of one container. There is no CPU limit: it throttles even when CPU is idle. */
export interface Resources {
  /** CPU request. */
  readonly cpu: string;
  /** Memory request. */
  readonly memory: string;
  readonly memoryLimit: string;
}

/** The size of one component. */
export interface Size extends Resources {
  readonly replicas: number;
  /** Of each replica. */
  readonly volume: string;
}

/** The assumed scale of a cluster if the environment does not set it; `cores` is for each node. */
export const scales = {
  /** A laptop or a small team: up to about 10 nodes and 200,000 active series. */
  small: { nodes: 10, cores: 4, pods: 300 },
  /** Up to about 50 nodes and a million active series. */
  medium: { nodes: 50, cores: 8, pods: 1500 },
  /** Up to about 250 nodes and five million active series. */
  large: { nodes: 250, cores: 16, pods: 7500 },
} as const;

/** A preset of sizes; an environment selects one and can override single values. */
export type SizeName = keyof typeof scales;
