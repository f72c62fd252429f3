/** A step of Prometheus's `relabel_configs`. */
export interface RelabelStep {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly modulus?: number;
  readonly action?: RelabelAction;
}

/** The actions of a relabelling step. */
export const relabelActions = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;

export type RelabelAction = (typeof relabelActions)[number];

/** Prometheus's `authorization` or `basic_auth`, with credentials in files. */
export interface HttpAuthentication {
  readonly authorization?: { readonly type: 'Bearer'; readonly credentials_file: string };
  readonly basic_auth?: { readonly username: string; readonly password_file: string };
}

/** Prometheus's `tls_config`. */
export interface TlsConfig {
  readonly ca_file?: string;
  readonly server_name?: string;
  readonly insecure_skip_verify?: true;
}

/** Prometheus's `kubernetes_sd_configs` entry. */
export interface KubernetesDiscovery {
  readonly role: 'pod' | 'node' | 'endpointslice';
  readonly namespaces?: { readonly names: readonly string[] };
  readonly selectors?: readonly { readonly role: string; readonly label: string }[];
  readonly attach_metadata?: { readonly node: true };
}

/** How Prometheus discovers and labels targets. */
export interface Targets {
  readonly kubernetes_sd_configs?: readonly KubernetesDiscovery[];
  readonly static_configs?: readonly {
    readonly targets: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs?: readonly RelabelStep[];
}

/** An entry of Prometheus's `alertmanagers`, with its field names. */
export interface AlertmanagerTarget extends HttpAuthentication, Targets {
  readonly scheme: 'http' | 'https';
  readonly path_prefix?: string;
  readonly tls_config?: TlsConfig;
}

/** An entry of Prometheus's `scrape_configs`, with its field names. */
export interface ScrapeJob extends HttpAuthentication, Targets {
  readonly job_name: string;
  readonly scheme: 'http' | 'https';
  readonly metrics_path: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
  readonly fallback_scrape_protocol?: string;
  readonly honor_timestamps?: false;
  readonly honor_labels?: true;
  readonly metric_name_escaping_scheme?: 'underscores';
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly tls_config?: TlsConfig;
  readonly scrape_native_histograms?: true;
  readonly always_scrape_classic_histograms?: true;
  readonly sample_limit: number;
  readonly body_size_limit: string;
  readonly metric_relabel_configs?: readonly RelabelStep[];
}
