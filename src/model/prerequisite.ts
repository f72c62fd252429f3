/** A reference to keys of an existing Secret in the namespace of its user. */
export interface SecretReference {
  readonly secret: string;
  readonly key: string;
}

/** The kinds of objects that can be prerequisites. */
export const prerequisiteKinds = [
  'Namespace',
  'Secret',
  'ConfigMap',
  'Service',
  'StorageClass',
  'PriorityClass',
  'IngressClass',
  'Gateway',
  'Issuer',
  'ClusterIssuer',
  'SecurityContextConstraints',
] as const;

/** An object that must exist before the stack is applied. */
export interface Prerequisite {
  readonly kind: (typeof prerequisiteKinds)[number];
  readonly name: string;
  readonly namespace?: string;
  /** For a Secret or a ConfigMap: its keys, each with a description of its value. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Type of a Secret. @default - Opaque */
  readonly type?: 'kubernetes.io/tls' | 'kubernetes.io/dockerconfigjson';
  /** What it is for. */
  readonly purpose: string;
}

/** A prerequisite as a party declares it. */
export interface DeclaredPrerequisite extends Prerequisite {
  /** One of the stack's own namespaces. @default - `namespace`, or none */
  readonly in?: 'stack' | 'nodeAgents';
}
