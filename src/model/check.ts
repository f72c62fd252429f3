import type { Connection } from './connection.js';
import type { Finding } from './finding.js';
import type { KubernetesObject, Manifest } from './manifest.js';
import type { Prerequisite } from './prerequisite.js';

/** What a check may look at: what ships, and what the model says it must hold. */
export interface CheckInput {
  readonly manifests: readonly Manifest[];
  /** The declared connections, as pairs of declarations; never what was derived from them. */
  readonly connections: readonly Connection[];
  /** What must exist in the cluster beforehand. */
  readonly prerequisites: readonly Prerequisite[];
  readonly networkPlugin: 'kubernetes' | 'cilium';
  readonly nodeCidrs: readonly string[];
  /** Namespaces of others that deny what no policy allows. */
  readonly isolatedNamespaces: readonly string[];
  /** Whether the storage class can expand a volume. */
  readonly expandableVolumes: boolean;
  /** What the cluster is taken to have. */
  readonly scale: { readonly nodes: number; readonly pods: number };
  /** Objects with fixed fields as they were published before; none at the first synth. */
  readonly published: readonly KubernetesObject[];
  /** Where rule files and dashboards were made, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
}

/** The file of which a rule file or a dashboard was made. */
export interface ContentSource {
  /** Relative to the working directory. */
  readonly file: string;
  /** Whether it comes with Crowsnest, and not from a user. */
  readonly shipped: boolean;
  /**
   * The 1-based line in which a text first stands; none where the file computes it. One that stands
   * there several times is looked for behind the texts that come before it, in their order, and is
   * none rather than a guess.
   */
  lineOf(text: string, after?: readonly string[]): number | undefined;
}

/** A check is the default export of one file in `src/checks`; the file's name is its name. */
export interface Check {
  /** What it holds, as a sentence for the docs. */
  readonly summary: string;
  run(input: CheckInput): Omit<Finding, 'check'>[];
}
