import { type LabelSelector, selects } from '../model/label-selector.js';
import type { Location } from '../model/location.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { suggest } from '../model/suggestion.js';
import { serviceMonitorSpec } from './endpoint-schema.js';
import { converter, type Input, isBeside } from './monitor.js';
import { onHostNetwork, podPort, type ServiceObject } from './object.js';
import type { Group } from './page.js';
import { forEndpointSlices } from './relabeling.js';
import { sanitized, selectorText } from './selector.js';
import {
  copy,
  copyValue,
  jobNameSteps,
  keep,
  labelSteps,
  running,
  selectionSteps,
  set,
} from './step.js';

type Labels = Readonly<Record<string, string>>;
type Spec = ReturnType<typeof serviceMonitorSpec.parse>;

/** Converts a ServiceMonitor: a group of targets for each Service that it selects. */
export const serviceMonitor = converter<Spec>({
  spec: serviceMonitorSpec as never,
  endpoints: ({ endpoints }) => ({ path: 'endpoints', all: endpoints }),
  steps: forEndpointSlices,
  groups: (input) => {
    const { endpoint, spec, namespace, objects, path, report } = input;
    const { port, targetPort } = endpoint;
    if (!port && !targetPort) {
      report(path, 'no-port');
      return [];
    }
    const near = objects.services.filter(isBeside(input));
    const services = near.filter(({ labels }) => selects(spec.selector, labels));
    if (services.length > 0) return services.flatMap((one) => groupOf(input, one, services) ?? []);
    if (!port && typeof targetPort === 'number') return [wholeNamespace(input, targetPort)];
    const labels = selectorText(spec.selector) || 'any labels';
    const [other] = near;
    const elsewhere = objects.services.find((one) => selects(spec.selector, one.labels));
    const { matchNames = [] } = spec.namespaceSelector ?? {};
    const isListed = matchNames.includes(`${elsewhere?.namespace}`);
    const known = scrapedHere(input);
    report('spec.selector', 'no-service', {
      message: `No Service of ${namespace} in applications/ has the labels ${labels}.`,
      value: labels,
      ...(known && {
        why: `It selects ${known}, which the stack already scrapes.`,
        remedy: 'Remove the monitor. To scrape it twice, add its Service as YAML to applications/.',
      }),
      ...(elsewhere &&
        isListed && {
          why: `Only the Service ${elsewhere.name} of the namespace ${elsewhere.namespace} has these labels.`,
          remedy: `Remove ${namespace} from namespaceSelector.matchNames, or add its Service as YAML to applications/.`,
        }),
      ...(!isListed &&
        elsewhere?.namespace !== undefined && {
          why: `The Service ${elsewhere.name} of the namespace ${elsewhere.namespace} has these labels.`,
          remedy: `Add the namespace to the monitor: namespaceSelector: { matchNames: [${elsewhere.namespace}] }, or add the Service of ${namespace} as YAML to applications/.`,
        }),
      ...(!elsewhere &&
        !known &&
        other && {
          why: `The Service ${other.name} has the labels ${selectorText({ matchLabels: other.labels }) || 'none'}.`,
        }),
    });
    return [];
  },
});

/**
 * What the stack scrapes without a monitor, by values of labels of its Service: those of kube-prometheus, of its chart,
 * and of the API server.
 */
const scrapedServices: Readonly<Record<string, string>> = {
  kubelet: 'the kubelet',
  'kube-dns': 'the cluster DNS',
  coredns: 'the cluster DNS',
  'kube-prometheus-stack-coredns': 'the cluster DNS',
  apiserver: 'the API server',
};

const scrapedHere = ({ spec: { selector }, namespace }: Input<Spec>): string | undefined =>
  ['kube-system', 'default'].includes(namespace)
    ? Object.values(selector.matchLabels ?? {}).flatMap((value) =>
        Object.hasOwn(scrapedServices, value) ? [scrapedServices[value]] : [],
      )[0]
    : undefined;

/** The pods or addresses of one Service. */
const groupOf = (
  input: Input<Spec>,
  service: ServiceObject,
  all: readonly ServiceObject[],
): Group | undefined => {
  const { spec, namespace, document, objects, path, report } = input;
  const port = portOf(input, service, all);
  if (port === undefined) return undefined;
  const where = [namespace, document.application] as const;
  if (service.externalName !== undefined) {
    report(path, 'no-pods', {
      message: `The Service ${service.name} is of type ExternalName, so it has no pods and no addresses.`,
      remedy: `Use a ScrapeConfig with dnsSDConfigs: [{ names: [${service.externalName}], type: A, port: ${port} }] instead.`,
    });
    return undefined;
  }
  let location: Location;
  if (service.selector) {
    const labels = withoutVersion(service.selector);
    const hostNetwork = onHostNetwork(objects, labels, where);
    location = { kind: 'pods', namespace, labels, ...(hostNetwork && { hostNetwork }) };
  } else {
    const cidrs = objects.addresses
      .filter((one) => one.service === service.name && isBeside(input)(one))
      .flatMap(({ addresses }) => addresses)
      .map((address) => `${address}/${address.includes(':') ? 128 : 32}`);
    if (cidrs.length === 0) {
      report(path, 'no-pods', {
        message: `The Service ${service.name} has no selector, so its pods are unknown.`,
      });
      return undefined;
    }
    location = { kind: 'addresses', cidrs, service: { namespace, name: service.name } };
  }
  return {
    name: service.name,
    location,
    port,
    job: (spec.jobLabel && service.labels[spec.jobLabel]) || service.name,
    discovery: {
      role: 'endpointslice',
      selector: `kubernetes.io/service-name=${service.name}`,
      steps: stepsOf(input, []),
      target: targetOf(input, port, service.name, service.labels, service.selector),
    },
  };
};

// Policies must still match after an update, which changes the label of the version.
const withoutVersion = ({ 'app.kubernetes.io/version': version, ...labels }: Labels): Labels =>
  version !== undefined && Object.keys(labels).length === 0
    ? { 'app.kubernetes.io/version': version }
    : labels;

/** All pods of the namespace, on a port that the monitor states. */
const wholeNamespace = (input: Input<Spec>, port: number): Group => {
  const { spec, namespace, document } = input;
  const { name } = document.metadata;
  return {
    name: namespace,
    location: { kind: 'pods', namespace, labels: {} },
    port,
    job: name,
    discovery: {
      role: 'endpointslice',
      steps: stepsOf(input, selectionSteps(spec.selector, 'service')),
      variesJob: true,
      target: targetOf(input, port, name, exampleOf(spec.selector)),
    },
  };
};

/** Labels that a selector matches. */
const exampleOf = ({ matchLabels, matchExpressions = [] }: LabelSelector): Labels => ({
  ...matchLabels,
  ...Object.fromEntries(
    matchExpressions.flatMap(({ key, operator, values: [first = 'any'] = [] }) =>
      operator === 'In' || operator === 'Exists' ? [[key, first]] : [],
    ),
  ),
});

/** The port of the pods of a Service; undefined if another selected Service has the port. */
const portOf = (
  { endpoint, path, report, namespace, document, objects }: Input<Spec>,
  service: ServiceObject,
  all: readonly ServiceObject[],
): number | undefined => {
  let target: number | string | undefined = endpoint.targetPort;
  if (endpoint.port) {
    const named = (one: ServiceObject) => one.ports.find(({ name }) => name === endpoint.port);
    target = named(service)?.targetPort;
    if (target === undefined) {
      if (service !== all[0] || all.some(named)) return undefined;
      const names = service.ports.map(({ name, port }) => name || `${port}`);
      const suggestion = suggest(endpoint.port, names);
      report(`${path}.port`, 'unknown-port', {
        message: `The Service ${service.name} has no port named '${endpoint.port}'.`,
        value: endpoint.port,
        remedy: `${names.length ? `Use one of ${names.join(', ')}. ` : ''}A port without a name cannot be selected: give it a name, or use targetPort.`,
        ...(suggestion && { suggestion }),
      });
      return undefined;
    }
  }
  if (typeof target === 'number') return target;
  const labels = service.selector ?? {};
  const matches = (pod: Labels) => selects({ matchLabels: labels }, pod);
  const number = podPort(objects, matches, [namespace, document.application], `${target}`);
  if (number !== undefined) return number;
  report(`${path}.${endpoint.port ? 'port' : 'targetPort'}`, 'unknown-pod-port', {
    message: `The number of the port '${target}' of the pods of Service ${service.name} is unknown.`,
    value: target,
    remedy: `Set targetPort of the Service to the number, or add the workload of the pods (Deployment, StatefulSet, DaemonSet or Pod) as YAML to applications/.`,
  });
  return undefined;
};

const prefix = '__meta_kubernetes_';

/** The steps of the operator for a ServiceMonitor. */
const stepsOf = (
  { spec, endpoint, relabelings }: Input<Spec>,
  selection: readonly RelabelStep[],
): RelabelStep[] => {
  const { targetLabels = [], podTargetLabels = [], jobLabel } = spec;
  const { port, targetPort } = endpoint;
  const kindAndName = ['kind', 'name'].map((one) => `${prefix}endpointslice_address_target_${one}`);
  const portStep = port
    ? keep(`${prefix}endpointslice_port_name`, port)
    : keep(
        `${prefix}pod_container_port_${typeof targetPort === 'number' ? 'number' : 'name'}`,
        `${targetPort}`,
      );
  return [
    ...jobNameSteps(relabelings),
    ...selection,
    portStep,
    { source_labels: kindAndName, regex: 'Node;(.*)', target_label: 'node', replacement: '$1' },
    { source_labels: kindAndName, regex: 'Pod;(.*)', target_label: 'pod', replacement: '$1' },
    copy(`${prefix}namespace`, 'namespace'),
    copy(`${prefix}service_name`, 'service'),
    copy(`${prefix}pod_name`, 'pod'),
    copy(`${prefix}pod_container_name`, 'container'),
    ...(endpoint.filterRunning === false ? [] : [running]),
    ...labelSteps(targetLabels, 'service'),
    ...labelSteps(podTargetLabels, 'pod'),
    copy(`${prefix}service_name`, 'job'),
    ...(jobLabel ? [copyValue(`${prefix}service_label_${sanitized(jobLabel)}`, 'job')] : []),
    set('endpoint', port || `${targetPort}`),
  ];
};

/** The meta labels that the discovery of Prometheus sets on a target. */
const targetOf = (
  { namespace, endpoint }: Input<Spec>,
  port: number,
  service: string,
  labels: Labels,
  podLabels: Labels = {},
): Labels => ({
  [`${prefix}namespace`]: namespace,
  [`${prefix}service_name`]: service,
  ...metaLabels('service', labels),
  ...metaLabels('pod', podLabels),
  [`${prefix}endpointslice_port_name`]: endpoint.port ?? '',
  [`${prefix}endpointslice_address_target_kind`]: 'Pod',
  [`${prefix}endpointslice_address_target_name`]: `${service}-0`,
  [`${prefix}pod_name`]: `${service}-0`,
  [`${prefix}pod_phase`]: 'Running',
  [`${prefix}pod_node_name`]: 'node',
  [`${prefix}pod_container_name`]: service,
  [`${prefix}pod_container_port_number`]: `${port}`,
  [`${prefix}pod_container_port_name`]:
    typeof endpoint.targetPort === 'string' ? endpoint.targetPort : '',
});

/** The labels of an object, as the discovery of Prometheus names them. */
export const metaLabels = (object: 'service' | 'pod', labels: Labels): Labels =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => [
      [`${prefix}${object}_label_${sanitized(key)}`, value],
      [`${prefix}${object}_labelpresent_${sanitized(key)}`, 'true'],
    ]),
  );
