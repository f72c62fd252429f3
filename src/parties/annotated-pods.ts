import type { AnnotatedPods } from '../config/annotated-pods.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';
import type { RelabelStep } from '../model/scrape-job.js';

const prefix = '__meta_kubernetes_';
const annotation = (name: string): string => `${prefix}pod_annotation_prometheus_io_${name}`;

/** The pods of namespaces that ask to be scraped by their annotations, on the listed ports. */
export const annotatedPods = ({
  annotatedPods: namespaces,
}: {
  readonly annotatedPods: readonly AnnotatedPods[];
}): Party[] => namespaces.map(partyOf);

const partyOf = ({ namespace, ports }: AnnotatedPods, index: number): Party => {
  const name = `annotated-${namespace}`.slice(0, 40).replace(/-$/, '');
  return {
    name,
    declaration: { path: `annotatedPods[${index}]`, name: 'namespace' },
    workloads: { [namespace]: { kind: 'pods', namespace, labels: {} } },
    endpoints: Object.fromEntries(
      ports.map((port) => [
        `port-${port}`,
        {
          port,
          offers: [
            metrics('/metrics', {
              job: name,
              scrapeJob: `${name}/${port}`,
              catalogue: `${name}/${port}`,
              discovery: {
                role: 'pod',
                steps: stepsOf(name, port),
                target: targetOf(namespace, port),
              },
            }),
          ],
        },
      ]),
    ),
    consumes: [],
  };
};

const stepsOf = (job: string, port: number): RelabelStep[] => [
  { source_labels: [annotation('scrape')], regex: 'true', action: 'keep' },
  {
    source_labels: [`${prefix}pod_phase`],
    regex: 'Pending|Succeeded|Failed|Unknown',
    action: 'drop',
  },
  // Without the annotation, the ports of the containers.
  {
    source_labels: [annotation('port'), `${prefix}pod_container_port_number`],
    regex: `${port};.*|;${port}`,
    action: 'keep',
  },
  {
    source_labels: ['__address__'],
    regex: '(\\[.+\\]|[^:]+)(?::\\d+)?',
    target_label: '__address__',
    replacement: `$1:${port}`,
  },
  // A pod without declared ports is discovered with a bare address, which can be IPv6.
  {
    source_labels: ['__address__'],
    regex: '([0-9a-fA-F:]+)',
    target_label: '__address__',
    replacement: `[$1]:${port}`,
  },
  { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
  { source_labels: [annotation('scheme')], regex: '(https?)', target_label: '__scheme__' },
  { source_labels: [`${prefix}namespace`], target_label: 'namespace' },
  { source_labels: [`${prefix}pod_name`], target_label: 'pod' },
  { source_labels: [`${prefix}pod_node_name`], target_label: 'node' },
  { target_label: 'job', replacement: job },
];

const targetOf = (namespace: string, port: number): Record<string, string> => ({
  [annotation('scrape')]: 'true',
  [annotation('port')]: `${port}`,
  [`${prefix}namespace`]: namespace,
  [`${prefix}pod_name`]: 'pod-0',
  [`${prefix}pod_node_name`]: 'node',
  [`${prefix}pod_phase`]: 'Running',
});
