import type { PolicyRule } from './access.js';
import type { Offer } from './offer.js';
import type { SecretReference } from './prerequisite.js';

export type Protocol = 'TCP' | 'UDP';

/** A client authenticates with the token of its service account. */
export interface TokenAuthentication {
  readonly kind: 'token';
  /**
   * Audience of the service account token that is sent.
   * @default - the API server's own, which any other server could replay against the API
   */
  readonly audience?: string;
  /** The request for which the server checks the client's permission at the API server. */
  readonly grants: readonly PolicyRule[];
}

/** How a client authenticates; secrets are files from Secrets in the client's namespace. */
export type Authentication =
  | TokenAuthentication
  | { readonly kind: 'bearer'; readonly token: SecretReference }
  | { readonly kind: 'basic'; readonly username: string; readonly password: SecretReference }
  /** With a secret of the protocol itself: a secret URL, a key, a password. */
  | {
      readonly kind: 'secret';
      readonly secret: SecretReference;
      /** Further secrets, such as the key of a client certificate. @default - none */
      readonly others?: readonly SecretReference[];
    };

/** How a client verifies the server. */
export type ServerVerification =
  | { readonly kind: 'cluster-ca'; readonly serverName?: string }
  | { readonly kind: 'public-ca' }
  /** Listed with its reason in the generated README. */
  | { readonly kind: 'unverified'; readonly reason: string };

/** A port of a party, with the capabilities that it offers. */
export interface Endpoint {
  /** The port of the process, not of a Service. */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  /**
   * That it answers ICMP, which has no ports: why clients may reach every port, since a network policy cannot
   * allow only ICMP. `port` is then 0. @default - it listens on the port
   */
  readonly icmp?: string;
  /** @default 'http' */
  readonly scheme?: 'http' | 'https' | 'grpc' | 'tcp';
  /** Key of the workload that listens. @default - the only workload of the party */
  readonly workload?: string;
  /** @default - none */
  readonly authentication?: Authentication;
  /** For `https`. @default cluster-ca */
  readonly verification?: ServerVerification;
  /** DNS name at which clients reach it. @default - the Service of the stack */
  readonly host?: string;
  /** Port at which clients reach `host`, if a Service maps it. @default - as `port` */
  readonly servicePort?: number;
  /** For `https`: the host name to request if the endpoint serves several. @default - `host` */
  readonly virtualHost?: string;
  readonly offers: readonly Offer[];
}

/** The protocol that clients use. */
export const protocolOf = ({ protocol = 'TCP', icmp }: Pick<Endpoint, 'protocol' | 'icmp'>) =>
  icmp === undefined ? protocol : 'ICMP';

/** A port with its protocol, as text. */
export const portText = (endpoint: Pick<Endpoint, 'port' | 'protocol' | 'icmp'>): string => {
  const protocol = protocolOf(endpoint);
  return protocol === 'ICMP' ? protocol : `${protocol} ${endpoint.port}`;
};

/** The port that clients connect to. */
export const clientPort = ({ port, servicePort }: Endpoint): number => servicePort ?? port;

/** References to the Secrets with which a client authenticates; empty if it uses a token. */
export const secretsOf = (authentication: Authentication): readonly SecretReference[] => {
  switch (authentication.kind) {
    case 'bearer':
      return [authentication.token];
    case 'basic':
      return [authentication.password];
    case 'secret':
      return [authentication.secret, ...(authentication.others ?? [])];
    case 'token':
      return [];
  }
};
