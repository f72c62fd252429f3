import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { Manifest } from '../../../src/model/manifest.js';
import { misspell, type Operator, placeInOptions } from '../place.js';

interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

const isScraped = ({ protocol = 'TCP', appProtocol = 'http' }: Port): boolean =>
  protocol === 'TCP' && appProtocol === 'http';

/** The named ports of Services to which Prometheus can connect. */
export const namedPorts = (manifests: readonly Manifest[]) =>
  manifests
    .filter(({ object: { kind } }) => kind === 'Service')
    .flatMap(({ object: { metadata, spec } }) =>
      (spec.ports as Port[]).filter(isScraped).map(({ name, port }) => ({
        service: metadata.name,
        namespace: `${metadata.namespace}`,
        labels: spec.selector as Record<string, string>,
        name,
        port,
      })),
    );

type NamedPort = ReturnType<typeof namedPorts>[number];

export const rightRecord = ({ service, namespace, name }: NamedPort): string =>
  `_${name}._tcp.${service}.${namespace}.svc`;

/** Spellings of the SRV name of a port that DNS does not answer, or not with SRV records. */
const wrongRecords = ({ service, namespace, name }: NamedPort): readonly string[] => [
  `_${misspell(name)}._tcp.${service}.${namespace}.svc`,
  `_${name}._tcp.${misspell(service)}.${namespace}.svc`,
  `_${name}._tcp.${service}.${misspell(namespace)}.svc`,
  `_${name}._udp.${service}.${namespace}.svc`,
  `${name}._tcp.${service}.${namespace}.svc`,
  `_${name}.tcp.${service}.${namespace}.svc`,
  `_${name}.${service}.${namespace}.svc`,
  `_tcp._${name}.${service}.${namespace}.svc`,
  `_${name}._tcp.${service}.${namespace}.svc:9090`,
];

/** An environment with jobs that find their targets by the SRV records of ports. */
export const withRecords = (
  options: EnvironmentOptions,
  records: readonly (readonly [NamedPort, record: string])[],
): EnvironmentOptions => ({
  ...options,
  prometheus: {
    ...(options.prometheus as object),
    scrapeConfigs: records.map(([{ namespace, labels, port }, record], index) => ({
      at: { kind: 'pods', namespace, labels },
      ports: [port],
      config: { job_name: `found-${index}`, dns_sd_configs: [{ names: [record] }] },
    })),
  } as EnvironmentOptions['prometheus'],
});

/** A second environment of the cluster that owns nothing of the first. */
export const beside = (options: EnvironmentOptions): EnvironmentOptions => ({
  ...options,
  stack: 'second',
  namespaces: { stack: 'second', nodeAgents: 'second-agents' },
  nodeExporter: { port: 9200 },
  containerMetrics: 'kubelet',
});

type Options = Partial<EnvironmentOptions>;

/** What the second environment keeps of the first, because it was copied. */
const kept: Readonly<Record<string, Options>> = {
  all: {
    stack: 'crowsnest',
    namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' },
    nodeExporter: {},
  },
  stack: { stack: 'crowsnest' },
  namespaces: { namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' } },
  'namespaces.stack': { namespaces: { stack: 'crowsnest', nodeAgents: 'second-agents' } },
  'namespaces.nodeAgents': { namespaces: { stack: 'second', nodeAgents: 'crowsnest-agents' } },
  'namespaces, exchanged': { namespaces: { stack: 'crowsnest-agents', nodeAgents: 'crowsnest' } },
  'namespaces, one for both': { namespaces: { stack: 'second', nodeAgents: 'crowsnest' } },
  'nodeExporter.port': { nodeExporter: {} },
};

/** Other differences of the second environment, which do not matter. */
export const differences: Readonly<Record<string, Options>> = {
  nothing: {},
  'its stage': { stage: 'staging' },
  'its size': { size: 'small', prometheus: {} },
  'its exposure': { exposure: undefined },
};

/** Faults of environments, which a synth detects. */
export const environmentOperators: readonly Operator[] = [
  {
    name: 'misspell-record',
    fault: 'the SRV name of a job that finds its targets by DNS is mistyped',
    places: (manifests, { options, synth }) =>
      namedPorts(manifests).flatMap((port) =>
        wrongRecords(port).map((record) =>
          placeInOptions('prometheus.scrapeConfigs', record, () =>
            synth({ production: withRecords(options, [[port, record]]) }),
          ),
        ),
      ),
  },
  {
    name: 'share-cluster',
    fault: 'a second environment of the cluster keeps a name, a namespace or a port of the first',
    places: (_, { options, synth }) =>
      Object.entries(kept).flatMap(([path, same]) =>
        Object.entries(differences).map(([what, different]) =>
          placeInOptions(path, `it differs by ${what}`, () =>
            synth({
              production: options,
              second: { ...beside(options), ...different, ...same },
            }),
          ),
        ),
      ),
  },
];
