import { metrics } from '../../src/model/offer.js';
import { checkInputOf } from '../../src/run-checks.js';
import production from '../sample/environments/production.js';
import { evaluate } from './evaluate.js';
import { merge } from './merge.js';
import { container, kubeStateMetrics, prometheusFile } from './sample-object.js';
import { inFile, inObject, type Settings, sample, shopping, stackOf } from './setting.js';

const native = stackOf(
  merge(production, {
    prometheus: {
      scrapeConfigs: [
        { config: { job_name: 'db', static_configs: [{ targets: ['db.example.com:9100'] }] } },
      ],
    },
  }),
);
const inDb = inFile(...prometheusFile, 'scrape_configs.db', { stack: native });

export const scrapes: Settings = {
  'all-dropped': inDb,
  'no-metric-name': inDb,
  'targets-dropped': {
    inputs: (example) => {
      const inputOf = (offers: Parameters<typeof shopping>[0]) =>
        checkInputOf(stackOf(shopping(offers)), [], sample.sources);
      return { without: inputOf([metrics()]), with: inputOf(evaluate(example).offers) };
    },
  },
  'same-labels': inFile(...prometheusFile, 'scrape_configs.db', {
    stack: native,
    lists: 'replace',
  }),
  'duplicate-target': inFile(...prometheusFile, '', { stack: native }),
  'never-exposed': inFile(...prometheusFile, 'scrape_configs.kube-state-metrics', {
    also: ['never-kept'],
  }),
  'nothing-written': inFile(...prometheusFile),
  'never-kept': inObject(kubeStateMetrics, container, { also: ['never-exposed'] }),
};
