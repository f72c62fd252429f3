/** What one container asks for. There is no CPU limit: it throttles where there is CPU to spare. */
export interface Resources {
  /** CPU request. */
  readonly cpu: string;
  /** Memory request. */
  readonly memory: string;
  readonly memoryLimit: string;
}

/**
 * Share of Prometheus's volume that samples may take. The rest is for the write-ahead log, a
 * compaction in progress, and the file system itself.
 */
export const shareForSamples = 0.8;

/** How large one component is. */
export interface Size extends Resources {
  readonly replicas: number;
  /** Of each replica. */
  readonly volume: string;
}

/** How large every component of a stack is. */
export interface Sizing {
  readonly prometheus: Size & { readonly retention: string };
  readonly grafana: Omit<Size, 'replicas'>;
  readonly alertmanager: Size;
  readonly jaeger: Omit<Size, 'replicas'> & { readonly retention: string };
  readonly kubeStateMetrics: Resources;
  readonly blackboxExporter: Resources;
  readonly cadvisor: Resources;
  readonly nodeExporter: Resources;
  readonly kubeRbacProxy: Resources;
}

/** What an environment can give other sizes than the preset's. */
export const sized = [
  'prometheus',
  'grafana',
  'alertmanager',
  'jaeger',
  'kubeStateMetrics',
  'blackboxExporter',
  'cadvisor',
  'nodeExporter',
] as const satisfies readonly (keyof Sizing)[];

const agents = {
  cadvisor: { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi' },
  nodeExporter: { cpu: '20m', memory: '32Mi', memoryLimit: '128Mi' },
  kubeRbacProxy: { cpu: '10m', memory: '32Mi', memoryLimit: '96Mi' },
} as const;

/** What a cluster of a size is taken to have, where an environment does not say it. */
export const scales = {
  small: { nodes: 10, pods: 300 },
  medium: { nodes: 50, pods: 1500 },
  large: { nodes: 250, pods: 7500 },
} as const;

/** The named sizes; an environment picks one and overrides what it knows better. */
export const sizings = {
  /** A laptop or a small team: up to about 10 nodes and 200,000 active series. */
  small: {
    prometheus: {
      cpu: '100m',
      memory: '512Mi',
      memoryLimit: '1536Mi',
      replicas: 1,
      volume: '10Gi',
      retention: '7d',
    },
    grafana: { cpu: '50m', memory: '192Mi', memoryLimit: '512Mi', volume: '1Gi' },
    alertmanager: {
      cpu: '10m',
      memory: '48Mi',
      memoryLimit: '128Mi',
      replicas: 1,
      volume: '1Gi',
    },
    jaeger: {
      cpu: '50m',
      memory: '256Mi',
      memoryLimit: '1Gi',
      volume: '5Gi',
      retention: '72h',
    },
    kubeStateMetrics: { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
    blackboxExporter: { cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' },
    ...agents,
  },
  /** Up to about 50 nodes and a million active series. */
  medium: {
    prometheus: {
      cpu: '500m',
      memory: '4Gi',
      memoryLimit: '6Gi',
      replicas: 2,
      volume: '100Gi',
      retention: '15d',
    },
    grafana: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi', volume: '5Gi' },
    alertmanager: {
      cpu: '20m',
      memory: '64Mi',
      memoryLimit: '256Mi',
      replicas: 3,
      volume: '2Gi',
    },
    jaeger: {
      cpu: '250m',
      memory: '1Gi',
      memoryLimit: '4Gi',
      volume: '50Gi',
      retention: '168h',
    },
    kubeStateMetrics: { cpu: '50m', memory: '256Mi', memoryLimit: '768Mi' },
    blackboxExporter: { cpu: '20m', memory: '32Mi', memoryLimit: '128Mi' },
    ...agents,
  },
  /** Up to about 250 nodes and five million active series. */
  large: {
    prometheus: {
      cpu: '2',
      memory: '20Gi',
      memoryLimit: '28Gi',
      replicas: 2,
      volume: '500Gi',
      retention: '15d',
    },
    grafana: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi', volume: '10Gi' },
    alertmanager: {
      cpu: '50m',
      memory: '128Mi',
      memoryLimit: '512Mi',
      replicas: 3,
      volume: '5Gi',
    },
    jaeger: {
      cpu: '1',
      memory: '4Gi',
      memoryLimit: '12Gi',
      volume: '200Gi',
      retention: '168h',
    },
    kubeStateMetrics: { cpu: '250m', memory: '1Gi', memoryLimit: '3Gi' },
    blackboxExporter: { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
    ...agents,
  },
} as const satisfies Record<string, Sizing>;
