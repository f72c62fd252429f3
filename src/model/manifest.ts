/** A Kubernetes object as it is published: plain data, no constructs. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // Kinds have different fields; code that reads a field narrows the type first.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly [field: string]: any;
}

/** An object and its origin. */
export interface Manifest {
  readonly object: KubernetesObject;
  /** Path of the construct that created it. */
  readonly construct: string;
  /** Name of the chart, which becomes part of the file's name. */
  readonly chart: string;
  /** Whether the patch of the environment changed it. */
  readonly patched: boolean;
}

/** `Kind namespace/name`, as in findings and the generated README. */
export const titleOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
