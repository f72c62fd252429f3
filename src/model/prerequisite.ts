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
  'SecretStore',
  'ClusterSecretStore',
] as const;

/** What happens after a key of a Secret has got another value. */
export type Rotation =
  /** The reader reads it again by itself. */
  | { readonly kind: 'reread'; readonly when?: string }
  /** It is read only at the start of the pods. */
  | { readonly kind: 'restart' }
  /** A restart is not enough: what a person has to do, as a sentence. */
  | { readonly kind: 'manual'; readonly steps: string };

/** Who reads keys of a Secret. */
export interface SecretReader {
  /** The name of a party. */
  readonly party: string;
  /** What it reads them for. */
  readonly purpose: string;
  readonly keys: readonly string[];
  readonly rotation: Rotation;
}

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
  /** Who reads it: only for a Secret. */
  readonly readers?: readonly SecretReader[];
  /** Where its values are, if an operator copies them: only for a Secret. @default - somebody creates it */
  readonly remote?: RemoteSecret;
  /** The SealedSecret from which it results: only for a Secret. @default - none */
  readonly sealed?: SealedSource;
}

/** A SealedSecret of a file. */
export interface SealedSource {
  readonly file: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Where the values of a Secret are in a store outside of the cluster. */
export interface RemoteSecret {
  readonly store: { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
  /** By key of the Secret: the entry of the store, and its field. */
  readonly values: Readonly<Record<string, { readonly key: string; readonly property?: string }>>;
}

/** A prerequisite as a party declares it: the party reads it. */
export interface DeclaredPrerequisite extends Omit<Prerequisite, 'readers' | 'remote' | 'sealed'> {
  /** For a Secret: what another value does. @default - a restart of the pods is needed */
  readonly rotation?: Rotation;
  /** One of the stack's own namespaces. @default - `namespace`, or none */
  readonly in?: 'stack' | 'nodeAgents';
}

/** A Secret that must exist. */
export interface SecretPrerequisite extends Prerequisite {
  readonly kind: 'Secret';
  readonly namespace: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly readers: readonly SecretReader[];
}

/** The Secrets among prerequisites. */
export const secretsAmong = (all: readonly Prerequisite[]): SecretPrerequisite[] =>
  all.flatMap((one) =>
    one.kind === 'Secret' && one.namespace !== undefined
      ? [
          {
            ...one,
            kind: one.kind,
            namespace: one.namespace,
            keys: one.keys ?? {},
            readers: one.readers ?? [],
          },
        ]
      : [],
  );
