import { selects } from '../model/label-selector.js';
import { podTemplatePath } from '../model/pod-template.js';
import type { Document } from './document.js';

type Labels = Readonly<Record<string, string>>;
type Loose = Readonly<Record<string, unknown>>;

/** A port of a Service. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort: number | string;
}

/** A Service of `applications/`. */
export interface ServiceObject {
  readonly name: string;
  readonly namespace?: string;
  readonly application: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** @default - its EndpointSlices are written by something else */
  readonly selector?: Labels;
  /** The host of a Service of type ExternalName. @default - another type */
  readonly externalName?: string;
  /** Whether its name leads to its pods, with their own ports. */
  readonly isHeadless: boolean;
  readonly ports: readonly ServicePort[];
}

/** Pods that an object of `applications/` creates. */
export interface PodsObject {
  readonly namespace?: string;
  readonly application: string;
  readonly labels: Labels;
  readonly hostNetwork: boolean;
  /** The numbers of named container ports. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The addresses of a Service without a selector. */
export interface AddressesObject {
  readonly service: string;
  readonly namespace?: string;
  readonly application: string;
  readonly addresses: readonly string[];
}

/** A ConfigMap of `applications/`. */
interface ConfigMapObject {
  readonly name: string;
  readonly namespace?: string;
  readonly application: string;
  readonly data: Labels;
}

/** The objects that monitors refer to. */
export interface Objects {
  readonly configMaps: readonly ConfigMapObject[];
  readonly services: readonly ServiceObject[];
  readonly pods: readonly PodsObject[];
  readonly addresses: readonly AddressesObject[];
}

export const objectsIn = (documents: readonly Document[]): Objects => ({
  configMaps: documents.flatMap(({ kind, metadata: { name, namespace }, value, application }) =>
    kind === 'ConfigMap' ? [{ name, namespace, application, data: texts(value.data) }] : [],
  ),
  services: documents.flatMap(serviceOf),
  pods: documents.flatMap(podsOf),
  addresses: documents.flatMap(addressesOf),
});

/** The kinds of these objects. */
export const isObject = (kind: string): boolean =>
  ['Service', 'Endpoints', 'EndpointSlice'].includes(kind) || podTemplatePath(kind) !== undefined;

/** Whether an object is in a namespace; one without a namespace is in that of the monitors of its file. */
export const isIn = (
  object: { readonly namespace?: string; readonly application: string },
  namespace: string,
  application: string,
): boolean =>
  object.namespace === undefined
    ? object.application === application
    : object.namespace === namespace;

const serviceOf = ({ kind, metadata, value, application }: Document): ServiceObject[] => {
  if (kind !== 'Service') return [];
  const { selector, ports, type, externalName, clusterIP } = record(value.spec);
  const labels = texts(selector);
  return [
    {
      ...metadata,
      application,
      ...(Object.keys(labels).length > 0 && { selector: labels }),
      ...(type === 'ExternalName' && { externalName: `${externalName}` }),
      isHeadless: clusterIP === 'None',
      ports: list(ports).flatMap((one) => {
        const { name, port, targetPort } = record(one);
        if (typeof port !== 'number') return [];
        const target = typeof targetPort === 'string' && targetPort !== '' ? targetPort : undefined;
        return [
          {
            ...(typeof name === 'string' && { name }),
            port,
            targetPort:
              target ?? (typeof targetPort === 'number' && targetPort > 0 ? targetPort : port),
          },
        ];
      }),
    },
  ];
};

const podsOf = ({ kind, metadata, value, application }: Document): PodsObject[] => {
  const way = podTemplatePath(kind);
  if (!way) return [];
  const template = way.reduce<Loose>((one, step) => record(one[step]), value);
  const { containers, initContainers, hostNetwork } = record(template.spec);
  const ports = [...list(containers), ...list(initContainers)].flatMap((one) =>
    list(record(one).ports).flatMap((port) => {
      const { name, containerPort } = record(port);
      return typeof name === 'string' && typeof containerPort === 'number'
        ? [[name, containerPort] as const]
        : [];
    }),
  );
  return [
    {
      namespace: metadata.namespace,
      application,
      labels: texts(record(template.metadata).labels),
      hostNetwork: hostNetwork === true,
      ports: Object.fromEntries(ports),
    },
  ];
};

const addressesOf = ({ kind, metadata, value, application }: Document): AddressesObject[] => {
  const where = { namespace: metadata.namespace, application };
  if (kind === 'Endpoints') {
    const addresses = list(value.subsets).flatMap((one) =>
      list(record(one).addresses).flatMap((address) => record(address).ip ?? []),
    );
    return [{ ...where, service: metadata.name, addresses: addresses.map(String) }];
  }
  if (kind !== 'EndpointSlice') return [];
  const service = metadata.labels['kubernetes.io/service-name'] ?? '';
  const addresses = list(value.endpoints).flatMap((one) => list(record(one).addresses));
  return [{ ...where, service, addresses: addresses.map(String) }];
};

/** The number of a named port of the pods that labels select; undefined if no object has it. */
export const podPort = (
  { pods }: Objects,
  matches: (labels: Labels) => boolean,
  where: readonly [namespace: string, application: string],
  name: string,
): number | undefined =>
  pods.find((one) => isIn(one, ...where) && matches(one.labels) && name in one.ports)?.ports[name];

/** Whether the pods with these labels are known to be on the host network. */
export const onHostNetwork = (
  { pods }: Objects,
  labels: Labels,
  where: readonly [namespace: string, application: string],
): boolean =>
  pods.some(
    (one) => isIn(one, ...where) && one.hostNetwork && selects({ matchLabels: labels }, one.labels),
  );

const record = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value)).map(([key, one]) => [key, String(one)]));
