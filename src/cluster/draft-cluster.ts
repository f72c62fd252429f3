import { type PlatformName, type PodSelection, platformOf } from '../config/platforms.js';
import { plural } from '../model/plural.js';
import type { Answers } from './answers.js';
import type { ClusterFacts } from './facts.js';
import type { Found } from './found.js';
import { chosen, found, type Group, type Line, open, toConfirm } from './line.js';
import { expectedPods } from './size.js';

/** The option `cluster`. */
export const clusterLines = (facts: ClusterFacts, answers: Answers): Group => ({
  key: 'cluster',
  lines: [
    chosen('name', answers.name, 'Sent as the external label `cluster`.'),
    platform(facts),
    nodeCidrs(facts, answers),
    apiServer(facts),
    ...dns(facts),
    ...kubelet(facts),
    ...networkPlugin(facts),
    ...scale(facts),
    storage(facts),
  ],
});

const platform = (facts: ClusterFacts): Line => {
  const { value, isUnknown, from } = facts.platform;
  return isUnknown
    ? toConfirm('platform', value, `TO CONFIRM: ${from}. 'generic' is for unknown platforms.`)
    : found('platform', value, ...platformNotes(facts));
};

const platformNotes = ({ platform }: ClusterFacts): string[] => [
  `Recognized${platform.distribution ? ` as ${platform.distribution}` : ''} by ${platform.from}.`,
  ...platform.notes,
];

const nodeCidrs = ({ nodes }: ClusterFacts, answers: Answers): Line => {
  if (answers.nodeCidrs) return chosen('nodeCidrs', answers.nodeCidrs, 'As answered.');
  if (!nodes || nodes.cidrs.value.length === 0) {
    return open('cluster.nodeCidrs', "['10.0.0.0/16']", 'the subnets of the nodes');
  }
  const from = `Blocks around ${nodes.cidrs.from}.`;
  if (answers.asked) return found('nodeCidrs', nodes.cidrs.value, from);
  return toConfirm(
    'nodeCidrs',
    nodes.cidrs.value,
    from,
    'TO CONFIRM: nodes that get other addresses are not scraped. Write the subnets of the nodes.',
  );
};

const apiServer = ({ apiServer: facts, platform }: ClusterFacts): Group => {
  const { serviceAddress, endpointCidrs, endpointPort } = facts;
  const usual = platformOf(platform.value).apiServerPort.value;
  const isUsual = platform.value !== 'generic' && endpointPort?.value === usual;
  return {
    key: 'apiServer',
    lines: [
      serviceAddress
        ? found('serviceAddress', serviceAddress.value, serviceAddress.from)
        : open(
            'cluster.apiServer.serviceAddress',
            "'10.96.0.1'",
            'kubectl get service kubernetes -n default',
          ),
      endpointCidrs
        ? endpoints(endpointCidrs, isGuessed(platform.value))
        : open(
            'cluster.apiServer.endpointCidrs',
            "['10.0.0.10/32']",
            'kubectl get endpointslices -n default',
          ),
      ...(endpointPort && !isUsual
        ? [found('endpointPort', endpointPort.value, endpointPort.from)]
        : []),
    ],
  };
};

/** EKS moves the API servers in all subnets of the cluster, which no object has. */
const isGuessed = (platform: PlatformName): boolean => ['eks', 'eks-fargate'].includes(platform);

const endpoints = ({ value, from }: Found<readonly string[]>, isGuess: boolean): Line =>
  isGuess
    ? toConfirm(
        'endpointCidrs',
        value,
        `${from}.`,
        'TO CONFIRM: pods cannot reach API servers with other addresses. Write the subnets of the cluster: aws eks describe-cluster --name … --query cluster.resourcesVpcConfig.subnetIds',
      )
    : found('endpointCidrs', value, from);

/** The DNS servers, as far as they differ from those of the platform. */
const dns = ({ dns: facts, platform }: ClusterFacts): Line[] => {
  const known = platformOf(platform.value).dns.value;
  const isGeneric = platform.value === 'generic';
  const usualPods = known.pods ?? { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
  const { pods, port, metricsPort, localAddresses } = facts;
  // The party of the platform has the addresses of its own cache.
  const hasCache = known.cachePods !== undefined || known.localAddresses !== undefined;
  const lines: Line[] = [
    ...(localAddresses && !hasCache
      ? [found('localAddresses', localAddresses.value, localAddresses.from)]
      : []),
    ...(pods && (isGeneric || !selects(usualPods, pods.value))
      ? [found('pods', pods.value, pods.from)]
      : []),
    ...(port && (isGeneric || port.value !== (known.port ?? 53))
      ? [found('port', port.value, port.from)]
      : []),
    ...(metricsPort &&
    known.name === 'coredns' &&
    !known.pods &&
    metricsPort.value !== known.metricsPort
      ? [found('metricsPort', metricsPort.value, metricsPort.from)]
      : []),
    ...(isGeneric && !pods
      ? [
          open(
            'cluster.dns.pods',
            "{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }",
            'the pods of the DNS server',
          ),
        ]
      : []),
    ...(isGeneric && !port ? [open('cluster.dns.port', '53', 'the port of these pods')] : []),
  ];
  return lines.length > 0 ? [{ key: 'dns', lines }] : [];
};

/** Whether the usual labels are among those with which the Service selects its pods. */
const selects = (usual: PodSelection, { namespace, labels }: PodSelection): boolean =>
  usual.namespace === namespace &&
  Object.entries(usual.labels).every(([name, value]) => labels[name] === value);

const kubelet = ({ platform }: ClusterFacts): Line[] =>
  platform.value === 'generic'
    ? [
        chosen(
          'kubelet',
          {
            kind: 'unverified',
            reason: 'no object of the cluster shows who signs the certificate of the kubelet',
          },
          "Safer, if the cluster's certificate authority signs it: { kind: 'cluster-ca' }",
        ),
      ]
    : [];

const networkPlugin = ({ networkPlugin: plugin }: ClusterFacts): Line[] => [
  ...(plugin.option === 'cilium' ? [found('networkPlugin', 'cilium', plugin.from)] : []),
  ...(plugin.enforces === false
    ? [
        {
          remark: [
            `${plugin.value} (${plugin.from}) does not enforce network policies: they have no effect.`,
          ],
        },
      ]
    : []),
];

const scale = ({ nodes, pods }: ClusterFacts): Line[] => [
  ...(nodes
    ? [
        found(
          'nodes',
          nodes.count.value,
          `Now ${plural(nodes.count.value, 'node')}. Increase it to the highest expected number.`,
        ),
        ...(nodes.cores.value > 0 ? [found('cores', nodes.cores.value, nodes.cores.from)] : []),
      ]
    : []),
  ...(pods ? [found('pods', expectedPods(pods.value), podsNote(pods.value))] : []),
];

const podsNote = (count: number): string =>
  `Now ${plural(count, 'pod')}. The value has room for half as many again, rounded up to tens.`;

const storage = ({ storage: fact, platform }: ClusterFacts): Line => {
  if (fact) return found('storageClass', fact.value, fact.from);
  const usual = platformOf(platform.value).storageClass;
  if (usual && platform.value !== 'generic') {
    return {
      remark: [
        `storageClass: no StorageClass was found; '${usual.value.name}' of the platform applies.`,
      ],
    };
  }
  return open(
    'cluster.storageClass',
    "{ name: 'fast', expandable: true }",
    'kubectl get storageclasses',
  );
};
