/** A fact about a cluster, and where it was found. */
export interface Found<T> {
  readonly value: T;
  /** Such as 'Service default/kubernetes'. */
  readonly from: string;
}
