import type { Endpoint } from './endpoint.js';
import { clusterCaPath } from './identity.js';
import type { HealthOffer, ProbeSettings } from './offer.js';

/** A way to probe a health page: depends on the certificate authority of the server, and on its answer. */
export interface ProbeModule {
  /** Name in blackbox-exporter's configuration. */
  readonly name: string;
  /** The name of the module with the same certificate authority for the pages of the stack. */
  readonly base: string;
  readonly status: readonly number[];
  readonly followRedirects: boolean;
  /** The URL of the proxy. @default - none */
  readonly proxy?: string;
  /** Whether it is in the native configuration of the prober. @default false */
  readonly native?: true;
  /** Its `tls_config`. @default - the certificate authorities of the image */
  readonly tls?: { readonly ca_file: string } | { readonly insecure_skip_verify: true };
}

const pages = 'http_200';

const authorities: Readonly<Record<string, Pick<ProbeModule, 'base' | 'tls'>>> = {
  'public-ca': { base: pages },
  'cluster-ca': { base: 'http_200_cluster_ca', tls: { ca_file: clusterCaPath } },
  unverified: { base: 'http_200_unverified', tls: { insecure_skip_verify: true } },
};

/** How the health page of an endpoint is probed. */
export const probeModuleOf = ({ scheme, verification, offers }: Endpoint): ProbeModule => {
  const { status = [200], followRedirects = false, native, proxy } = probeSettingsOf({ offers });
  // Its targets are in the job of the pages, so that the same rules and dashboards apply.
  if (native) return { name: native.module, base: pages, status, followRedirects, native: true };
  const authority =
    authorities[scheme === 'https' ? (verification?.kind ?? 'cluster-ca') : 'public-ca']!;
  const answer = authority.base.replace('200', [...status].sort((a, b) => a - b).join('_'));
  return {
    ...authority,
    name: [answer, ...(followRedirects ? ['redirects'] : []), ...(proxy ? ['proxy'] : [])].join(
      '_',
    ),
    status,
    followRedirects,
    ...(proxy && { proxy }),
  };
};

/** How a prober requests the health page of an endpoint, as declared. */
export const probeSettingsOf = ({ offers }: Pick<Endpoint, 'offers'>): ProbeSettings =>
  offers.find((one): one is HealthOffer => one.capability === 'health')?.probe ?? {};

/** The names of the modules for pages of the stack. */
export const probeModules: readonly string[] = Object.values(authorities).map(({ base }) => base);
