import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectorImage } from '../../src/components/collector/image.js';
import { images } from '../../src/components/index.js';
import { imageReference } from '../../src/config/image.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { engineBinary, enginesUsed } from '../engines/installation.js';
import { build, minimal, withFewComponents } from '../environment.js';
import type { StaticImage } from './image-archive.js';
import { findLoki } from './loki-installation.js';
import type { FoundLine } from './loki-query.js';
import type { NodeCluster } from './pods-cluster.js';
import { askPod } from './pods-prometheus.js';

/** A line in a store, with what it knows of it. */
export interface StoredLine {
  readonly text?: string | undefined;
  readonly namespace?: string | undefined;
  readonly pod?: string | undefined;
  readonly container?: string | undefined;
  readonly traceId?: string | undefined;
  readonly severity?: string | undefined;
}

/** A log agent with a store of logs, for a node. */
export interface LogStoreThere {
  readonly title: string;
  /** The objects of the agent and of the store. */
  readonly objects: readonly KubernetesObject[];
  readonly namespaces: readonly string[];
  images(): Promise<StaticImage[]>;
  /** The line with a trace ID; undefined if it is not there yet. */
  lineOf(cluster: NodeCluster, traceId: string): Promise<StoredLine | undefined>;
}

/** With the Loki of this machine, or otherwise a collector that prints what it gets. */
export const logStoreThere = (folder: string): LogStoreThere => {
  const loki = findLoki();
  return loki ? ofLoki(loki.binary, loki.version) : ofCollector(folder);
};

const agentImage = async (): Promise<StaticImage> => ({
  reference: imageReference(collectorImage),
  binary: await engineBinary('otelcol-k8s'),
  entrypoint: collectorImage.entrypoint,
  user: `${collectorImage.user}:${collectorImage.group}`,
});

/** The objects of the workloads with these names, and the namespaces. */
const objectsOf = (
  options: Partial<Parameters<typeof build>[0]>,
  ...names: readonly string[]
): KubernetesObject[] => {
  const { manifests, findings } = build({ ...minimal, ...withFewComponents, ...options });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return manifests
    .map(({ object }) => object)
    .filter(
      ({ kind, metadata }) =>
        kind === 'Namespace' || names.some((name) => metadata.name.includes(`crowsnest-${name}`)),
    );
};

const ofLoki = (binary: string, version: string): LogStoreThere => ({
  title: 'Loki',
  objects: objectsOf({ loki: { enabled: true }, logAgent: { enabled: true } }, 'loki', 'log-agent'),
  namespaces: [],
  images: async () => {
    const image = images.loki!;
    enginesUsed.add(`loki ${version || image.tag}`);
    return [
      await agentImage(),
      {
        reference: imageReference(image),
        binary,
        entrypoint: image.entrypoint,
        user: `${image.user}:${image.group}`,
      },
    ];
  },
  lineOf: async (cluster, traceId) => {
    const query = encodeURIComponent(
      `{k8s_namespace_name="shop", k8s_pod_name="web-0"} | trace_id="${traceId}"`,
    );
    const text = await askPod(
      cluster,
      'crowsnest-loki-0',
      `3100/loki/api/v1/query_range?query=${query}&since=1h`,
    );
    const { result } = JSON.parse(text).data as {
      result: { stream: FoundLine['labels']; values: [string, string][] }[];
    };
    const [found] = result;
    return (
      found && {
        text: found.values[0]?.[1],
        namespace: found.stream.k8s_namespace_name,
        pod: found.stream.k8s_pod_name,
        container: found.stream.k8s_container_name,
        traceId: found.stream.trace_id,
        severity: found.stream.detected_level,
      }
    );
  },
});

const sink = { namespace: 'logs', name: 'sink' };

const sinkConfig = `
receivers: { otlp: { protocols: { http: { endpoint: ':4318' } } } }
exporters: { debug: { verbosity: detailed } }
service: { pipelines: { logs: { receivers: [otlp], exporters: [debug] } } }
`;

const sinkObjects: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: sink.namespace } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: sink,
    data: { 'config.yaml': sinkConfig },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: sink,
    spec: { selector: { app: 'sink' }, ports: [{ port: 4318 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...sink, labels: { app: 'sink' } },
    spec: {
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'collector',
          image: imageReference(collectorImage),
          args: ['--config=/etc/sink/config.yaml'],
          volumeMounts: [{ name: 'config', mountPath: '/etc/sink' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: sink.name } }],
    },
  },
];

/** The pod of the sink is not read by the agent: it would read what it has sent. */
const ofCollector = (folder: string): LogStoreThere => ({
  title: 'a collector, since this machine has no Loki',
  objects: [
    ...objectsOf(
      {
        logAgent: {
          enabled: true,
          namespaces: { only: ['shop'] },
          store: {
            url: 'http://sink.logs.svc:4318',
            at: { kind: 'pods', namespace: 'logs', labels: { app: 'sink' } },
          },
        },
      },
      'log-agent',
    ),
    ...sinkObjects,
  ],
  namespaces: ['logs'],
  images: async () => [await agentImage()],
  lineOf: async (_, traceId) => {
    const pods = join(folder, 'log', 'pods');
    const output = readdirSync(pods, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^logs_sink_.*\.log$/.test(path))
      .map((path) => readFileSync(join(pods, path), 'utf8'))
      .join('');
    if (!output.includes(`Trace ID: ${traceId}`)) return undefined;
    const attribute = (name: string) =>
      new RegExp(`-> ${name.replaceAll('.', '\\.')}: Str\\((.*)\\)`).exec(output)?.[1];
    return {
      text: /Body: Str\((.*)\)/.exec(output)?.[1],
      namespace: attribute('k8s.namespace.name'),
      pod: attribute('k8s.pod.name'),
      container: attribute('k8s.container.name'),
      traceId: /Trace ID: (\S+)/.exec(output)?.[1],
      severity: /SeverityText: (\S+)/.exec(output)?.[1],
    };
  },
});
