import type { Capability } from './capability.js';
import type { Connection } from './connection.js';
import { describeFault, type FaultKinds, type FoundFault, type Report } from './fault.js';
import type { ConfigFile } from './file.js';
import type { Location } from './location.js';
import type { KubernetesObject, Manifest } from './manifest.js';
import type { Declaration } from './party.js';
import type { Prerequisite } from './prerequisite.js';
import type { Program } from './program.js';
import { isPromise } from './unreadable.js';

/** The input of a check: the manifests, and the declarations that they are validated against. */
export interface CheckInput {
  readonly manifests: readonly Manifest[];
  /** Declared connections; never derived data. */
  readonly connections: readonly Connection[];
  /** Objects that must exist in the cluster. */
  readonly prerequisites: readonly Prerequisite[];
  readonly stage: 'development' | 'staging' | 'production';
  readonly networkPlugin: 'kubernetes' | 'cilium';
  readonly nodeCidrs: readonly string[];
  /** Whether the network plugin supports only numbers of ports in policies. */
  readonly numericPolicyPorts: boolean;
  /** Hosts for which a load balancer in front of the Ingress terminates TLS. */
  readonly terminatedElsewhere: readonly string[];
  /** Other namespaces with default-deny policies. */
  readonly isolatedNamespaces: readonly string[];
  /** Whether the storage class can expand volumes. */
  readonly expandableVolumes: boolean;
  /** The assumed size of the cluster; `cores` is for each node. */
  readonly scale: { readonly nodes: number; readonly cores: number; readonly pods: number };
  /** Names of the scrape jobs of disabled components that ship. */
  readonly absentJobs: readonly string[];
  /** The components: where their pods are, and the programs of their containers by name. */
  readonly components: readonly {
    readonly name: string;
    readonly workloads: readonly Location[];
    readonly offers: readonly Capability[];
    readonly programs: Readonly<Record<string, Program>>;
  }[];
  /** Ids of the plugins that Grafana's image contains besides its own. */
  readonly plugins: readonly string[];
  /** ConfigMaps with files that an outside party reads. */
  readonly labelled: readonly LabelledFiles[];
  /** Where the environment or `applications/` declares parties, by name. */
  readonly declarations: Readonly<Record<string, Declaration | undefined>>;
  /** Published objects with fields that cannot change; empty at the first synth. */
  readonly published: readonly KubernetesObject[];
  /** Whether the project has a lock file with the digests of images. */
  readonly imagesLocked: boolean;
  /** Source files of rule files and dashboards, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
}

/** Files of one kind that a party finds by the namespace and the labels of their ConfigMaps. */
export interface LabelledFiles {
  readonly party: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly file: ConfigFile;
}

/** The source file of a rule file or a dashboard. */
export interface ContentSource {
  /** Relative to the working directory. */
  readonly file: string;
  /** Whether it ships with Crowsnest; false for a file of a user. */
  readonly shipped: boolean;
  /**
   * The 1-based line of a text; undefined if the file computes it. If the text occurs several times,
   * `after` lists texts that come before it, in order; undefined if that does not identify one line.
   */
  lineOf(text: string, after?: readonly string[]): number | undefined;
  /** The series that a rule file records, also those that an environment leaves out. @default - none */
  readonly records?: readonly string[];
  /** The runbook of a rule file. @default - none */
  readonly runbook?: Runbook;
}

/** Whether others wrote content in their format (JSON, YAML): its faults of style, and metrics that are unknown here, are warnings. */
export const isImported = (source: Pick<ContentSource, 'file'> | undefined): boolean =>
  source !== undefined && !/\.[cm]?[jt]s$/.test(source.file);

/** A runbook and the PromQL in it. */
export interface Runbook {
  /** Relative to the working directory. */
  readonly file: string;
  /** The names of the alerts that have a section. */
  alerts(): readonly string[];
  queries(): readonly RunbookQuery[];
}

/** A query in the section of an alert. */
export interface RunbookQuery {
  readonly alert: string;
  readonly expr: string;
  /** 1-based. */
  readonly line: number;
}

/** A check is the default export of one file in `src/checks/<domain>`; the file's name is its name. */
export interface Check {
  /** What it checks, as a sentence for the docs. */
  readonly summary: string;
  readonly faults: FaultKinds;
  run(input: CheckInput): Report[];
}

/** Defines a check, which can report only the faults that it declares. */
export const defineCheck = <Fault extends string>({
  summary,
  faults,
  run,
}: {
  readonly summary: string;
  readonly faults: FaultKinds<Fault>;
  readonly run: (input: CheckInput) => readonly FoundFault<NoInfer<Fault>>[];
}): Check => ({
  summary,
  faults,
  run: (input) => {
    const found: unknown = run(input);
    if (isPromise(found)) throw new Error('its function `run` is asynchronous.');
    if (!Array.isArray(found)) throw new Error('its function `run` returns no list.');
    return found.map((one) => describeFault<Fault>(one, faults));
  },
});
