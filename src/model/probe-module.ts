import type { Endpoint } from './endpoint.js';
import { clusterCaPath } from './identity.js';

/** A way to probe a health page: depends on the certificate authority of the server. */
export interface ProbeModule {
  /** Name in blackbox-exporter's configuration. */
  readonly name: string;
  /** Its `tls_config`. @default - the certificate authorities of the image */
  readonly tls?: { readonly ca_file: string } | { readonly insecure_skip_verify: true };
}

const modules: Readonly<Record<string, ProbeModule>> = {
  'public-ca': { name: 'http_200' },
  'cluster-ca': { name: 'http_200_cluster_ca', tls: { ca_file: clusterCaPath } },
  unverified: { name: 'http_200_unverified', tls: { insecure_skip_verify: true } },
};

/** How the health page of an endpoint is probed. */
export const probeModuleOf = ({ scheme, verification }: Endpoint): ProbeModule =>
  modules[scheme === 'https' ? (verification?.kind ?? 'cluster-ca') : 'public-ca']!;

/** All ways to probe a health page. */
export const probeModules: readonly ProbeModule[] = Object.values(modules);
