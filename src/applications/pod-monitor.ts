import { selects } from '../model/label-selector.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { podMonitorSpec } from './endpoint-schema.js';
import { converter, type Input } from './monitor.js';
import { onHostNetwork, podPort } from './object.js';
import type { Group } from './page.js';
import { alternatives, sanitized, selectorText } from './selector.js';
import { metaLabels } from './service-monitor.js';
import { copy, copyValue, jobNameSteps, keep, labelSteps, running, set } from './step.js';

type Spec = ReturnType<typeof podMonitorSpec.parse>;

/** Converts a PodMonitor: a group of targets for each set of labels that its selector lists. */
export const podMonitor = converter<Spec>({
  spec: podMonitorSpec as never,
  endpoints: ({ podMetricsEndpoints }) => ({
    path: 'podMetricsEndpoints',
    all: podMetricsEndpoints,
  }),
  groups: (input) => {
    const { spec, namespace, document, objects } = input;
    const port = portOf(input);
    if (port === undefined) return [];
    const { name } = document.metadata;
    const all = alternatives(spec.selector);
    return all.map(({ labels, rest }, index): Group => {
      const selector = { matchLabels: labels, matchExpressions: rest };
      const known = Object.keys(labels).length > 0;
      const hostNetwork =
        known && onHostNetwork(objects, labels, [namespace, document.application]);
      const text = selectorText(selector);
      return {
        name: all.length > 1 ? `${name}-${index}` : name,
        location: { kind: 'pods', namespace, labels, ...(hostNetwork && { hostNetwork }) },
        port,
        job:
          (spec.jobLabel && labels[spec.jobLabel]) ||
          `${document.metadata.namespace ?? namespace}/${name}`,
        discovery: {
          role: 'pod',
          ...(text && { selector: text }),
          steps: stepsOf(input),
          ...(spec.jobLabel && !(spec.jobLabel in labels) && { variesJob: true }),
          target: {
            ...metaLabels('pod', labels),
            [`${prefix}namespace`]: namespace,
            [`${prefix}pod_name`]: `${name}-0`,
            [`${prefix}pod_phase`]: 'Running',
            [`${prefix}pod_node_name`]: 'node',
            [`${prefix}pod_container_name`]: name,
            [`${prefix}pod_container_port_number`]: `${port}`,
            [`${prefix}pod_container_port_name`]: namedPort(input.endpoint) ?? '',
          },
        },
      };
    });
  },
});

const prefix = '__meta_kubernetes_';

const namedPort = ({ port, portNumber, targetPort }: Input['endpoint']): string | undefined => {
  if (port) return port;
  return portNumber === undefined && typeof targetPort === 'string' && targetPort !== ''
    ? targetPort
    : undefined;
};

/** The number of the port; undefined with a finding if it is unknown. */
const portOf = (input: Input<Spec>): number | undefined => {
  const { endpoint, spec, path, namespace, document, objects, report } = input;
  const name = namedPort(endpoint);
  const number = endpoint.portNumber ?? endpoint.targetPort;
  if (name === undefined) {
    if (typeof number === 'number' && number > 0) return number;
    report(path, 'no-port', {
      remedy: 'Set portNumber to the number of the port, or port to its name.',
    });
    return undefined;
  }
  const matches = (labels: Readonly<Record<string, string>>) => selects(spec.selector, labels);
  const known = podPort(objects, matches, [namespace, document.application], name);
  if (known !== undefined) return known;
  report(`${path}.${endpoint.port ? 'port' : 'targetPort'}`, 'unknown-pod-port', {
    message: `The number of the port '${name}' of the pods is unknown.`,
    value: name,
    remedy:
      'Set portNumber instead of port, or add the workload of the pods (Deployment, StatefulSet, DaemonSet or Pod) as YAML to applications/.',
  });
  return undefined;
};

/** The steps of the operator for a PodMonitor. */
const stepsOf = ({
  spec,
  endpoint,
  relabelings,
  document,
  namespace,
}: Input<Spec>): RelabelStep[] => {
  const { podTargetLabels = [], jobLabel } = spec;
  const name = namedPort(endpoint);
  const number = endpoint.portNumber ?? endpoint.targetPort;
  const { metadata } = document;
  const label =
    endpoint.port || (endpoint.targetPort === undefined ? undefined : `${endpoint.targetPort}`);
  return [
    ...jobNameSteps(relabelings),
    ...(endpoint.filterRunning === false ? [] : [running]),
    name === undefined
      ? keep(`${prefix}pod_container_port_number`, `${number}`)
      : keep(`${prefix}pod_container_port_name`, name),
    copy(`${prefix}namespace`, 'namespace'),
    copy(`${prefix}pod_container_name`, 'container'),
    copy(`${prefix}pod_name`, 'pod'),
    ...labelSteps(podTargetLabels, 'pod'),
    set('job', `${metadata.namespace ?? namespace}/${metadata.name}`),
    ...(jobLabel ? [copyValue(`${prefix}pod_label_${sanitized(jobLabel)}`, 'job')] : []),
    ...(label ? [set('endpoint', label)] : []),
  ];
};
