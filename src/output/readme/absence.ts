import { ownWorkloads } from '../../derive/locate.js';
import type { Absence } from '../../environment/components.js';
import type { Environment } from '../../environment/environment.js';
import { objectName } from '../../model/identity.js';
import type { Prerequisite } from '../../model/prerequisite.js';
import { bullets, code } from './markdown.js';

/** The disabled components, and what remains of one that was deployed before. */
export const absences = (
  environment: Environment,
  absent: readonly Absence[],
  prerequisites: readonly Prerequisite[],
): string[] => {
  const disabled = absent.filter((one) => one.disabled);
  if (disabled.length === 0) return [];
  return [
    '## Disabled components',
    'Their data sources, dashboards, alerts, policies and probes are left out too. If a component was deployed before, Argo CD and Flux delete its objects when they prune, but kubectl does not. After `kubectl apply`, delete them:',
    `\`\`\`sh\n${deletions(environment, disabled).join('\n')}\n\`\`\``,
    'Then its volumes and Secrets remain until you delete them:',
    bullets(
      disabled.map((one) => `${one.component.name}: ${leftovers(one, environment, prerequisites)}`),
    ),
  ];
};

/** The kinds of objects with the label of a component, except for those with data. */
const kinds = [
  'cronjob',
  'statefulset',
  'deployment',
  'daemonset',
  'poddisruptionbudget',
  'service',
  'ingress',
  'configmap',
  'serviceaccount',
  'role',
  'rolebinding',
  'clusterrole',
  'clusterrolebinding',
];

/** Policies have the label of the stack only, and the name of the workload. */
const deletions = (
  { stack, namespaces, cluster }: Environment,
  disabled: readonly Absence[],
): string[] => {
  const names = disabled.map(({ component }) => component.name);
  const label = `-l '${instanceLabel(stack)},${nameLabel} in (${names.join(',')})'`;
  const policies = cluster.networkPlugin === 'cilium' ? 'netpol,ciliumnetworkpolicy' : 'netpol';
  const workloads = disabled.flatMap(({ component }) => Object.entries(ownWorkloads(component)));
  const backups = disabled.flatMap((one) => one.backups);
  return [
    `kubectl delete ${kinds.join(',')} --all-namespaces ${label}`,
    ...(backups.length > 0
      ? [
          `kubectl delete cronjob,configmap,serviceaccount --all-namespaces -l '${instanceLabel(stack)},${componentLabel} in (${backups.join(',')})'`,
        ]
      : []),
    `kubectl delete httproute --all-namespaces ${label}   # if one exposed the component`,
    ...(['stack', 'nodeAgents'] as const).flatMap((namespace) => {
      const own = workloads
        .filter(([, location]) => location.namespace === namespace)
        .map(([workload]) => workload);
      if (namespace === 'stack') own.push(...backups);
      return own.length === 0
        ? []
        : [
            `kubectl -n ${namespaces[namespace]} delete ${policies} --ignore-not-found ${own.map((one) => objectName(stack, one)).join(' ')}`,
          ];
    }),
  ];
};

const nameLabel = 'app.kubernetes.io/name';

const componentLabel = 'app.kubernetes.io/component';

const instanceLabel = (stack: string): string => `app.kubernetes.io/instance=${stack}`;

const leftovers = (
  { component, hasVolume }: Absence,
  { stack, namespaces, secrets: { source } }: Environment,
  prerequisites: readonly Prerequisite[],
): string => {
  const needed = new Set(prerequisites.filter(isSecret).map(({ name }) => name));
  const secrets = (component.prerequisites ?? [])
    .filter(isSecret)
    .map(({ name }) => name)
    .filter((name) => !needed.has(name));
  const selector = `${instanceLabel(stack)},${nameLabel}=${component.name}`;
  const commands = [
    ...(hasVolume ? [`kubectl -n ${namespaces.stack} delete pvc -l ${selector}`] : []),
    ...(secrets.length > 0
      ? [`kubectl -n ${namespaces.stack} delete ${kindsOf(source?.kind)} ${secrets.join(' ')}`]
      : []),
  ];
  return commands.length === 0
    ? 'it has no volume and no Secret.'
    : `${commands.map(code).join(' and ')}.`;
};

/** The kinds of the objects that make a Secret, and of the Secret. */
const kindsOf = (source: 'external-secrets' | 'sealed-secrets' | undefined): string => {
  if (source === undefined) return 'secret';
  return source === 'external-secrets' ? 'externalsecret,secret' : 'sealedsecret,secret';
};

const isSecret = ({ kind }: Pick<Prerequisite, 'kind'>): boolean => kind === 'Secret';
