/** A rule of a Role or ClusterRole. */
export type PolicyRule =
  | {
      readonly apiGroups: readonly string[];
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }
  | { readonly nonResourceURLs: readonly string[]; readonly verbs: readonly string[] };

/** Permissions of a workload in the Kubernetes API. */
export interface Access {
  readonly cluster: readonly PolicyRule[];
  /** By namespace. */
  readonly namespaces: Readonly<Record<string, readonly PolicyRule[]>>;
}
