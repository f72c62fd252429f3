import type { Size } from '../../config/size.js';
import type { SecretReference } from '../../model/prerequisite.js';
import type { CertificateAuthority } from '../../model/trust.js';
import type { AwsRole } from '../aws-role.js';
import type { Publication } from '../exposure.js';
import type { Otlp } from './otlp.js';
import type { RuleObjects } from './rule-objects.js';

export interface PrometheusOptions {
  readonly size: Size;
  /** A Prometheus duration. */
  readonly retention: string;
  /** A Prometheus duration. */
  readonly scrapeInterval: string;
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** Logs every query with its timings to the output of the pod. @default false */
  readonly queryLog?: boolean;
  /** How it is served to users; its URL is in links of notifications. @default - only by a port-forward, on localhost */
  readonly published?: Publication;
  /** Scrape jobs in native Prometheus configuration. @default - none */
  readonly scrapeConfigs?: readonly { readonly config: object }[];
  readonly native?: NativeSettings;
  /** The rules also as PrometheusRule objects. @default - only as files */
  readonly ruleObjects?: RuleObjects;
  /** Further certificate authorities of servers. @default - only public ones */
  readonly certificateAuthority?: CertificateAuthority;
  /** The role of AWS of its service account. @default - none */
  readonly awsRole?: AwsRole;
  /** Further sections of the generated README. @default - none */
  readonly readmeSections?: readonly string[];
  /** Whether it receives the results of load tests by remote write. @default false */
  readonly receivesResults?: boolean;
  /** How it receives metrics by OTLP. @default - it receives none */
  readonly otlp?: Otlp;
  readonly externalLabels: Readonly<Record<string, string>>;
}

/** Native configuration, with paths of files in place of references. */
export interface NativeSettings {
  /** Sections of the file. */
  readonly sections: object;
  readonly remoteWrite: readonly NativeServer[];
  readonly remoteRead: readonly NativeServer[];
  /** Entries of `alertmanagers`. */
  readonly alertmanagers: readonly object[];
  /** Secrets that the process reads only at its start. */
  readonly readAtStart: readonly SecretReference[];
  /** Variables of the process. */
  readonly env: Readonly<Record<string, string>>;
}

/** The configuration of a server, and the name of its party. */
export interface NativeServer {
  readonly party: string;
  readonly config: object;
}
