import type { Fact } from './platforms.js';

/**
 * Addresses of Google's front ends, which also send the health checks of Application Load Balancers. A regional or
 * internal one sends the requests of users from its proxy-only subnet.
 */
export const googleFrontEnds: Fact<readonly string[]> = {
  value: ['35.191.0.0/16', '130.211.0.0/22'],
  source: 'https://docs.cloud.google.com/load-balancing/docs/firewall-rules',
};

/** Annotations with which cert-manager creates the Secret of an Ingress, with the kind of the issuer that they name. */
export const certManagerAnnotations: Fact<
  Readonly<Record<string, 'Issuer' | 'ClusterIssuer' | undefined>>
> = {
  value: {
    'cert-manager.io/issuer': 'Issuer',
    'cert-manager.io/cluster-issuer': 'ClusterIssuer',
    // With the default issuer of cert-manager.
    'kubernetes.io/tls-acme': undefined,
  },
  source: 'https://cert-manager.io/docs/usage/ingress/#supported-annotations',
};
