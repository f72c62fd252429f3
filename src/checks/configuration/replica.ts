import type { Finding } from '../../model/finding.js';
import { errorIn, type Fault } from '../pod/fault.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { prometheusFile } from './prometheus.js';
import { contentOf, type ReadFile } from './reading.js';

const podName = `\${POD_NAME}`;

/** What replicas of Prometheus need: a label that tells them apart, which no alert bears. */
export const replicaFaults = ({
  template,
  container,
  manifest,
  key,
  text,
  kind,
}: ReadFile): Omit<Finding, 'check'>[] => {
  if (kind?.schema !== prometheusFile || (template.replicas ?? 1) < 2) return [];
  const value: Loose = recordOf((contentOf(kind, text) as Loose).value);
  const labels = Object.entries(recordOf(recordOf(value.global).external_labels));
  const label = labels.find(([, one]) => `${one}`.includes(podName))?.[0];
  const dropped = listOf(recordOf(value.alerting).alert_relabel_configs).some(
    ({ action, regex }) => action === 'labeldrop' && regex === label,
  );
  const named = listOf(container.container.env).some(
    ({ name, valueFrom }) =>
      name === 'POD_NAME' && recordOf(valueFrom?.fieldRef).fieldPath === 'metadata.name',
  );
  const fault: Fault[] =
    label === undefined || !named
      ? [
          {
            path: `${key}: global.external_labels`,
            message: `No label tells the ${template.replicas} replicas apart.`,
            why: 'A receiver of remote write mixes their samples up, and refuses half of them.',
            remedy: `Give one the value ${podName}, and the container the variable, of metadata.name.`,
          },
        ]
      : dropped || !value.alerting
        ? []
        : [
            {
              path: `${key}: alerting.alert_relabel_configs`,
              message: `Alerts bear the label '${label}', in which replicas differ.`,
              why: 'Alertmanager takes the same alert of two replicas for two.',
              remedy: `Drop it: action labeldrop, regex ${label}.`,
            },
          ];
  return fault.map((one) => errorIn(manifest, one));
};
