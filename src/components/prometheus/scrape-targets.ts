import {
  partyNameOf,
  recordsOf,
  type ScrapeConfig,
  targetsOf,
} from '../../config/scrape-config.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import { nativeParty } from './native-party.js';

/** The targets of native scrape configs, an outside party for each job. */
export const scrapeTargets = (configs: readonly ScrapeConfig[]): Party[] =>
  configs.map(({ config, ports, ...places }, index) =>
    nativeParty({
      ...places,
      name: partyNameOf(config.job_name),
      declaration: { path: `prometheus.scrapeConfigs[${index}]`, name: 'config.job_name' },
      endpoint: 'scrape',
      offer: offer('raw-metrics', {
        variant: config.job_name,
        path: config.metrics_path,
        ...(ports && { records: recordsOf(config) }),
      }),
      scheme: config.scheme,
      servers: targetsOf(config, ports).map((one) => ({ ...one, scheme: config.scheme })),
      client: config,
    }),
  );
