import type { Resources } from '../../config/size.js';
import type { ContainerOptions } from '../../kubernetes/container.js';
import type { PolicyRule } from '../../model/access.js';
import type { Endpoint } from '../../model/endpoint.js';

export interface KubeRbacProxyOptions {
  readonly endpoints: readonly string[];
  /** Its port, on the address of the pod. */
  readonly port: number;
  readonly healthPort: number;
  readonly upstream: string;
  readonly audience: string;
  readonly resources: Resources;
}

/** Permissions of the proxy, to authenticate and authorize clients at the API server. */
export const proxyRules: readonly PolicyRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/**
 * How a client of the proxy authenticates. The proxy's certificate cannot be verified, so the token is
 * for this audience only: a server in its place cannot use it elsewhere.
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
      'kube-rbac-proxy creates a new certificate at every start; the token that it receives is valid nowhere else',
  },
});

/** A sidecar that forwards only requests that the API server authorizes. */
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
  resources: options.resources,
  goMemoryLimit: true,
  connects: true,
});
