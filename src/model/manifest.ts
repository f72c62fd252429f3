/** A Kubernetes object as it ships: plain data, no constructs. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // The kinds differ here; what reads a field of one narrows it first.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly [field: string]: any;
}

/** An object together with where it came from. */
export interface Manifest {
  readonly object: KubernetesObject;
  /** Path of the construct that made it. */
  readonly construct: string;
  /** Name of the chart, which becomes part of the file's name. */
  readonly chart: string;
  /** Whether the environment's patch changed it. */
  readonly patched: boolean;
}

/** `Kind namespace/name`, as findings and the generated README write it. */
export const titleOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
