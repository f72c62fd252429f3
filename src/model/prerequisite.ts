/** A reference to keys of a Secret that somebody else makes, in the namespace of its user. */
export interface SecretReference {
  readonly secret: string;
  readonly key: string;
}

/** An object that must exist before the stack is applied. */
export interface Prerequisite {
  readonly kind:
    | 'Namespace'
    | 'Secret'
    | 'StorageClass'
    | 'PriorityClass'
    | 'IngressClass'
    | 'Gateway';
  readonly name: string;
  readonly namespace?: string;
  /** Of a Secret: its keys, each with what it holds. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Type of a Secret, when it is not Opaque. */
  readonly type?: 'kubernetes.io/tls' | 'kubernetes.io/dockerconfigjson';
  /** What it is for. */
  readonly purpose: string;
}

/** A prerequisite as a party declares it. */
export interface DeclaredPrerequisite extends Prerequisite {
  /** Which of the stack's own namespaces. @default - `namespace`, or none */
  readonly in?: 'stack' | 'nodeAgents';
}
