import type { Endpoint } from './endpoint.js';
import { clusterCaPath, secretPath, tokenPath } from './identity.js';
import type { HttpAuthentication, TlsConfig } from './scrape-job.js';

/** How a Prometheus-style client authenticates at an endpoint. */
export const authenticationConfig = ({ authentication }: Endpoint): HttpAuthentication => {
  switch (authentication?.kind) {
    case undefined:
    case 'secret':
      return {};
    case 'token':
      return bearer(tokenPath(authentication.audience));
    case 'bearer':
      return bearer(secretPath(authentication.token));
    case 'basic':
      return {
        basic_auth: {
          username: authentication.username,
          password_file: secretPath(authentication.password),
        },
      };
  }
};

/** How a Prometheus-style client verifies an endpoint. */
export const tlsConfig = ({
  scheme,
  verification = { kind: 'cluster-ca' },
}: Endpoint): { tls_config?: TlsConfig } => {
  if (scheme !== 'https') return {};
  switch (verification.kind) {
    case 'cluster-ca':
      return {
        tls_config: {
          ca_file: clusterCaPath,
          ...(verification.serverName ? { server_name: verification.serverName } : {}),
        },
      };
    case 'public-ca':
      return {};
    case 'unverified':
      return { tls_config: { insecure_skip_verify: true } };
  }
};

const bearer = (file: string): HttpAuthentication => ({
  authorization: { type: 'Bearer', credentials_file: file },
});
