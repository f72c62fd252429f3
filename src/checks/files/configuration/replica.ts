import type { MountedFile } from '../../support/file.js';
import { faultIn } from '../../support/pod/fault.js';
import { prometheusConfig } from '../../support/prometheus-file.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { ConfigurationFault, Result } from './faults.js';

const podName = `\${POD_NAME}`;

/** Replicas of Prometheus need an external label that distinguishes them, and alerts must not have it. */
export const replicaFaults = ({
  template,
  container,
  manifest,
  key,
  file,
  content,
}: MountedFile): Result[] => {
  if (file?.kind !== 'prometheus-config' || (template.replicas ?? 1) < 2) return [];
  const { global, alerting } = prometheusConfig(content?.value);
  const labels = Object.entries(global?.external_labels ?? {});
  const label = labels.find(([, one]) => one.includes(podName))?.[0];
  const dropped = alerting?.alert_relabel_configs?.some(
    ({ action, regex }) => action === 'labeldrop' && regex === label,
  );
  const named = listOf(container.container.env).some(
    ({ name, valueFrom }) =>
      name === 'POD_NAME' && recordOf(valueFrom?.fieldRef).fieldPath === 'metadata.name',
  );
  const fault: ConfigurationFault[] =
    label === undefined || !named
      ? [
          {
            path: `${key}: global.external_labels`,
            fault: 'no-replica-label',
            message: `No external label distinguishes the ${template.replicas} replicas.`,
            remedy: `Set an external label to ${podName}, and define POD_NAME in env from metadata.name.`,
          },
        ]
      : dropped || !alerting
        ? []
        : [
            {
              path: `${key}: alerting.alert_relabel_configs`,
              fault: 'replica-label-in-alerts',
              message: `Alerts have the label '${label}', which distinguishes the replicas.`,
              remedy: `Drop it: action labeldrop, regex ${label}.`,
            },
          ];
  return fault.map((one) => faultIn(manifest, one));
};
