import type { Resources } from '../config/sizing.js';
import type { ContainerOptions } from '../kubernetes/container.js';
import type { PolicyRule } from '../model/access.js';
import type { Endpoint } from '../model/endpoint.js';
import { health } from '../model/offer.js';
import { probesOf } from '../model/probe.js';

export interface KubeRbacProxyOptions {
  readonly endpoints: readonly string[];
  /** Where it listens, on the pod's address. */
  readonly port: number;
  readonly healthPort: number;
  readonly upstream: string;
  readonly audience: string;
  readonly resources: Resources;
}

/** What the proxy asks the API server about each client. */
export const proxyRules: readonly PolicyRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/**
 * How a client of the proxy proves who it is. The token is for this audience alone: the proxy's
 * certificate cannot be verified, and whoever stands in for it gains nothing by the token.
 */
export const proxyVerification = (
  audience: string,
): Pick<Endpoint, 'scheme' | 'authentication' | 'verification'> => ({
  scheme: 'https',
  authentication: {
    kind: 'token',
    audience,
    grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  },
  verification: {
    kind: 'unverified',
    reason:
      'kube-rbac-proxy makes a new certificate at every start; the token it is sent is of use nowhere else',
  },
});

/** A sidecar that lets a request through only if the API server allows its sender. */
export const kubeRbacProxy = (options: KubeRbacProxyOptions): ContainerOptions => ({
  name: 'kube-rbac-proxy',
  image: 'kube-rbac-proxy',
  args: [
    `--secure-listen-address=[$(POD_IP)]:${options.port}`,
    `--proxy-endpoints-port=${options.healthPort}`,
    `--upstream=${options.upstream}`,
    `--auth-token-audiences=${options.audience}`,
    '--allow-paths=/metrics',
    '--tls-min-version=VersionTLS13',
  ],
  podFields: { POD_IP: 'status.podIP' },
  endpoints: options.endpoints,
  probes: probesOf({ port: options.healthPort, scheme: 'https', offers: [] }, health('/healthz')),
  resources: options.resources,
  connects: true,
});
