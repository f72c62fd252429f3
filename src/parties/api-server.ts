import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import type { Endpoint } from '../model/endpoint.js';
import { metrics, offer } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The API server: its Service, and the servers behind it, each of which is scraped. */
export const apiServer = ({ cluster }: CommonEnvironment): Party => {
  const { serviceAddress, endpointCidrs, endpointPort } = cluster.apiServer;
  const secure = {
    scheme: 'https',
    authentication: {
      kind: 'token',
      grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    },
    // A name in the certificate of every API server.
    verification: { kind: 'cluster-ca', serverName: 'kubernetes' },
  } as const satisfies Partial<Endpoint>;
  return {
    name: 'apiserver',
    workloads: {
      service: {
        kind: 'addresses',
        cidrs: [`${serviceAddress}/${serviceAddress.includes(':') ? 128 : 32}`],
        ciliumEntity: 'kube-apiserver',
      },
      servers: {
        kind: 'addresses',
        cidrs: endpointCidrs,
        service: { namespace: 'default', name: 'kubernetes' },
        ciliumEntity: 'kube-apiserver',
      },
    },
    endpoints: {
      service: {
        port: 443,
        scheme: 'https',
        workload: 'service',
        offers: [offer('kubernetes-api')],
      },
      api: {
        port: endpointPort ?? platformOf(cluster.platform).apiServerPort.value,
        scheme: 'https',
        workload: 'servers',
        offers: [offer('kubernetes-api')],
      },
      metrics: {
        ...secure,
        port: endpointPort ?? platformOf(cluster.platform).apiServerPort.value,
        workload: 'servers',
        offers: [
          metrics('/metrics', { sampleLimit: 200_000, catalogue: 'kube-apiserver', keep: 'used' }),
        ],
      },
    },
    consumes: [],
  };
};
