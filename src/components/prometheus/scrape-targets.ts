import { internet } from '../../config/internet.js';
import { loginOf, partyNameOf, type ScrapeConfig, targetsOf } from '../../config/scrape-config.js';
import { bareAddress } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import { referencesIn } from '../../model/secret-file.js';

/** The targets of native scrape configs, an outside party for each job. */
export const scrapeTargets = (configs: readonly ScrapeConfig[]): Party[] => configs.map(partyOf);

const partyOf = ({ at, loginAt, unverified, config }: ScrapeConfig, index: number): Party => {
  const name = partyNameOf(config.job_name);
  const { scheme } = config;
  const targets = targetsOf(config);
  const addresses = targets.flatMap(({ host }) => bareAddress(host) ?? []).map(blockOf);
  const places: Record<string, Location> = {
    [name]: at ?? internet,
    [`${name}-addresses`]: { kind: 'addresses', cidrs: [...new Set(addresses)] },
    [`${name}-login`]: loginAt ?? internet,
  };
  const servers: Omit<Endpoint, 'offers'>[] = [
    ...targets.map((one) => ({
      ...one,
      scheme,
      workload: at || bareAddress(one.host) === undefined ? name : `${name}-addresses`,
      verification: unverified ? { kind: 'unverified' as const, reason: unverified } : publicCa,
    })),
    ...loginOf(config).map((one) => ({
      ...one,
      workload: `${name}-login`,
      verification: publicCa,
    })),
  ];
  const [secret, ...others] = referencesIn(config);
  const endpoints = servers.map(
    (one): Endpoint => ({
      ...one,
      ...(secret && { authentication: { kind: 'secret', secret, others } }),
      offers: [offer('raw-metrics', { variant: config.job_name, path: config.metrics_path })],
    }),
  );
  return {
    name,
    declaration: { path: `prometheus.scrapeConfigs[${index}]`, name: 'config.job_name' },
    workloads: Object.fromEntries(
      Object.entries(places).filter(([key]) => endpoints.some(({ workload }) => workload === key)),
    ),
    endpoints: Object.fromEntries(
      endpoints.map((one, index) => [index === 0 ? 'scrape' : `scrape-${index}`, one]),
    ),
    consumes: [],
  };
};

const publicCa = { kind: 'public-ca' } as const;

/** The block with only this address. */
const blockOf = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;
