import { parse } from 'yaml';
import type { KubernetesObject } from '../../../src/model/manifest.js';
import type { SynthesizedStack } from '../../../src/output/synthesized-stack.js';

interface Job {
  readonly job_name: string;
  readonly [field: string]: unknown;
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

interface PolicyRule {
  readonly ports: readonly { readonly protocol: string; readonly port: number }[];
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface Peer {
  readonly ipBlock?: { readonly cidr: string };
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

/** Facts about a stack, read from its manifests. */
export const shippedBy = ({ manifests }: SynthesizedStack) => {
  const objects = manifests.map(({ object }) => object);
  /** The only object of a kind and name; throws if there is none or several. */
  const object = (kind: string, name: string, namespace?: string): KubernetesObject => {
    const found = objects.filter(
      (one) =>
        one.kind === kind && one.metadata.name === name && one.metadata.namespace === namespace,
    );
    if (found.length !== 1) throw new Error(`${found.length} times ${kind} ${namespace}/${name}`);
    return found[0]!;
  };
  const file = (configMap: string, name: string) =>
    parse(object('ConfigMap', configMap, 'crowsnest').data[name]);
  return {
    objects,
    object,
    scrapeJob: (name: string): Job =>
      file('crowsnest-prometheus-config', 'prometheus.yml').scrape_configs.find(
        ({ job_name }: Job) => job_name === name,
      ),
    dataSources: () => file('crowsnest-grafana-config', 'datasources.yaml').datasources,
    /** Both directions of a policy, with a line for each rule. */
    policy: (name: string, namespace = 'crowsnest') => {
      const { spec } = object('NetworkPolicy', name, namespace);
      return { ingress: lines('from', spec.ingress), egress: lines('to', spec.egress) };
    },
    /** Rules of all Roles and ClusterRoles with a name, by namespace. */
    roles: (name: string) =>
      Object.fromEntries(
        objects
          .filter(({ kind, metadata }) => /^(Cluster)?Role$/.test(kind) && metadata.name === name)
          .map(({ kind, metadata, rules }) => [metadata.namespace ?? kind, rules]),
      ),
  };
};

const lines = (word: 'from' | 'to', rules: readonly PolicyRule[] = []): string[] =>
  rules.map(({ ports, from, to }) => {
    const open = ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
    return `${open} ${word} ${(from ?? to ?? []).map(peer).join(', ')}`;
  });

const peer = ({ ipBlock, namespaceSelector, podSelector }: Peer): string => {
  if (ipBlock) return ipBlock.cidr;
  const [namespace] = Object.values(namespaceSelector?.matchLabels ?? {});
  const labels = podSelector?.matchLabels ?? {};
  const pods = labels['app.kubernetes.io/component'] ?? Object.values(labels).join(',');
  return `${namespace}/${pods}`;
};
