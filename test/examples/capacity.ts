import { prometheusFile } from './sample-object.js';
import { inEnvironment, inFile, inObject, type Settings } from './setting.js';

export const cardinality: Settings = {
  'not-enough-memory': inEnvironment(),
  'not-enough-disk': inEnvironment(),
  'retention-above-volume': inFile(...prometheusFile),
};

export const volumes: Settings = {
  pruned: inObject('PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0'),
  removed: inEnvironment({ published: { prometheus: { replicas: 2 } } }),
  shrunk: inEnvironment({ published: { prometheus: { volume: '50Gi' } } }),
  'not-expandable': inEnvironment({
    published: { prometheus: { volume: '50Gi' } },
    also: ['class-changed'],
  }),
  'class-changed': inEnvironment({
    published: { cluster: { storageClass: { name: 'standard', expandable: true } } },
  }),
};
