import type { CustomResource } from '../../src/components/kube-state-metrics/custom-resource.js';
import type { Whole } from '../checks/whole.js';

/** Metrics about the certificates of cert-manager, of each kind and with all fields. */
export const certificates: Whole<CustomResource> = {
  groupVersionKind: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate' },
  resourcePlural: 'certificates',
  metricNamePrefix: 'certificate',
  commonLabels: { source: 'cert-manager' },
  labelsFromPath: { name: ['metadata', 'name'], exported_namespace: ['metadata', 'namespace'] },
  errorLogV: 4,
  metrics: [
    {
      name: 'revision',
      help: 'The number of times that it was issued.',
      commonLabels: { kind: 'issued' },
      labelsFromPath: { issuer: ['spec', 'issuerRef', 'name'] },
      errorLogV: 4,
      each: {
        type: 'Gauge',
        gauge: {
          path: ['status'],
          valueFrom: ['revision'],
          labelsFromPath: { secret_name: ['spec', 'secretName'] },
          labelFromKey: 'field',
          nilIsZero: true,
        },
      },
    },
    {
      name: 'info',
      help: 'Its issuer.',
      commonLabels: {},
      labelsFromPath: {},
      errorLogV: 4,
      each: {
        type: 'info',
        info: {
          path: ['spec', 'issuerRef'],
          labelsFromPath: { issuer_kind: ['kind'] },
          labelFromKey: 'field',
        },
      },
    },
    {
      name: 'ready',
      help: 'The status of its condition.',
      commonLabels: {},
      labelsFromPath: {},
      errorLogV: 4,
      each: {
        type: 'StateSet',
        stateSet: {
          path: ['status', 'conditions', '[type=Ready]'],
          labelName: 'status',
          labelsFromPath: { reason: ['reason'] },
          valueFrom: ['status'],
          list: ['True', 'False', 'Unknown'],
        },
      },
    },
  ],
};
