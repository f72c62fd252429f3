/** Options that every component has. */
export interface Own {
  readonly memory?: string;
  readonly memoryLimit?: string;
  readonly priorityClass?: string;
  readonly volume?: string;
  readonly claimTemplate?: string;
}

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
}

/** An environment that is not validated yet: any option may be missing or have another type. */
export interface Unchecked {
  readonly cluster?: {
    readonly platform?: string;
    readonly storageClass?: unknown;
    readonly controlPlane?: string;
    readonly dns?: unknown;
    readonly kubelet?: unknown;
    readonly apiServer?: unknown;
  };
  readonly stage?: string;
  readonly stack?: string;
  readonly alerting?: unknown;
  readonly alertmanager?: { readonly enabled?: unknown };
  readonly parties?: unknown;
  readonly grafana?: unknown;
  readonly alerts?: unknown;
  readonly nodeAgents?: { readonly kind?: string };
  readonly nodeExporter?: { readonly port?: unknown; readonly enabled?: unknown };
  readonly cadvisor?: unknown;
  readonly containerMetrics?: string;
  readonly namespaces?: { readonly stack?: string; readonly nodeAgents?: string };
  readonly size?: string;
  readonly components?: unknown;
  readonly tolerations?: readonly Toleration[];
  readonly priorityClass?: unknown;
}

/** Reports a fault at the path of an option, with what is allowed there. */
export type Fault = (path: (string | number)[], message: string) => void;

/** A rule between options. */
export type Rule = (environment: Unchecked, fault: Fault) => void;
