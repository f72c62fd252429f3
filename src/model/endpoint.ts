import type { PolicyRule } from './access.js';
import type { Offer } from './offer.js';
import type { SecretReference } from './prerequisite.js';

export type Protocol = 'TCP' | 'UDP';

/** A client proves who it is with the token of its service account. */
export interface TokenAuthentication {
  readonly kind: 'token';
  /**
   * Audience of the service account token that is sent.
   * @default - the API server's own, which any other server could replay against the API
   */
  readonly audience?: string;
  /** What the server asks the API server whether the client may do. */
  readonly grants: readonly PolicyRule[];
}

/** How a client proves who it is; secrets are read from files, from the client's namespace. */
export type Authentication =
  | TokenAuthentication
  | { readonly kind: 'bearer'; readonly token: SecretReference }
  | { readonly kind: 'basic'; readonly username: string; readonly password: SecretReference }
  /** By a secret of the protocol's own: a URL that nobody else knows, a key, a password. */
  | {
      readonly kind: 'secret';
      readonly secret: SecretReference;
      /** Further ones, such as the key of a client's certificate. @default - none */
      readonly others?: readonly SecretReference[];
    };

/** How a client knows the server. */
export type ServerVerification =
  | { readonly kind: 'cluster-ca'; readonly serverName?: string }
  | { readonly kind: 'public-ca' }
  /** Listed in the generated README together with the reason. */
  | { readonly kind: 'unverified'; readonly reason: string };

/** One port of a party, with all that is offered on it. */
export interface Endpoint {
  /** As the server sees it, after a Service's translation. */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  /** @default 'http' */
  readonly scheme?: 'http' | 'https' | 'grpc' | 'tcp';
  /** Key of the workload that answers. @default - the party's only one */
  readonly workload?: string;
  /** @default - none */
  readonly authentication?: Authentication;
  /** Of an `https` endpoint. @default cluster-ca */
  readonly verification?: ServerVerification;
  /** DNS name by which clients reach it, where that is not a Service of the stack. */
  readonly host?: string;
  readonly offers: readonly Offer[];
}

/** The keys of Secrets by which a client proves who it is; none where it is a token. */
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
