import type { AlertAnswer, Answers, GrafanaAnswer } from './answers.js';
import type { ClusterFacts } from './facts.js';
import { chosen, found, type Line, toConfirm } from './line.js';
import { inline } from './literal.js';

/** The options `alerting` and `exposure`. */
export const peopleLines = (facts: ClusterFacts, answers: Answers): Line[] => [
  ...alerting(answers.alerts),
  ...exposure(answers.grafana, facts, answers),
];

const secret = (key: string) => ({ secret: 'alertmanager', key });

const receiverOf = (answer: Exclude<AlertAnswer, { kind: 'nobody' }>): object => {
  const { kind } = answer;
  if (kind === 'pagerduty') return { kind, name: 'team', routingKey: secret('pagerduty') };
  if (answer.kind !== 'email') return { kind, name: 'team', url: secret(kind) };
  const { to, from, host } = answer;
  const smtp = { host, username: from, password: secret('smtp') };
  return { kind, name: 'team', to, from, smtp };
};

const alerting = (answer: AlertAnswer): Line[] => {
  if (answer.kind === 'nobody') {
    return [
      {
        remark: ['Nobody is notified. For a channel of Slack:'],
        code: [
          'alerting: {',
          `  receivers: [${inline(receiverOf({ kind: 'slack' }))}],`,
          "  defaultReceiver: 'team',",
          '},',
        ],
      },
    ];
  }
  return [
    {
      key: 'alerting',
      notes: ['The Secrets must exist: the generated README has the commands.'],
      lines: [chosen('receivers', [receiverOf(answer)]), chosen('defaultReceiver', 'team')],
    },
  ];
};

const metricsPassword = { secret: 'grafana-metrics', key: 'password' };

const exposure = (answer: GrafanaAnswer, facts: ClusterFacts, answers: Answers): Line[] => {
  if (answer.kind === 'port-forward') {
    return [
      {
        remark: [
          'Grafana is reachable by kubectl port-forward only.',
          `For exposure, ${waysAreKnown(facts) ? `the cluster has ${waysOf(facts)}` : 'it is unknown which IngressClasses and Gateways the cluster has'}.`,
        ],
      },
    ];
  }
  return [
    {
      key: 'exposure',
      lines: [
        {
          key: 'grafana',
          lines: [
            chosen('kind', answer.kind),
            chosen('host', answer.host),
            ...(answer.kind === 'gateway' ? gateway(answer) : ingress(answer, facts, answers)),
            chosen('metricsPassword', metricsPassword),
          ],
        },
      ],
    },
  ];
};

const gateway = ({ gateway: fact }: Extract<GrafanaAnswer, { kind: 'gateway' }>): Line[] => {
  const { namespace, name, pods, listeners } = fact;
  const [listener] = listeners.length === 1 ? listeners : [];
  return [
    found(
      'gateway',
      { namespace, name, ...(listener && { listener }) },
      `Gateway ${namespace}/${name}`,
    ),
    ...(pods ? [controller(pods)] : []),
  ];
};

const controller = ({
  namespace,
  labels,
  hostNetwork,
}: NonNullable<Extract<GrafanaAnswer, { kind: 'gateway' }>['gateway']['pods']>): Line =>
  found(
    'controller',
    { namespace, labels, ...(hostNetwork && { hostNetwork }) },
    'Its running pods.',
  );

const ingress = (
  { ingress: fact }: Extract<GrafanaAnswer, { kind: 'ingress' }>,
  { nodes }: ClusterFacts,
  answers: Answers,
): Line[] => {
  const className = found(
    'ingressClass',
    fact.name,
    `IngressClass ${fact.name}: ${fact.controller}`,
  );
  if (typeof fact.traffic === 'object') {
    return [
      className,
      chosen(
        'tlsSecret',
        'grafana-tls',
        'A Secret of type kubernetes.io/tls in the namespace of the stack.',
      ),
      controller(fact.traffic),
    ];
  }
  return [
    className,
    chosen('tlsSecret', { heldBy: 'load-balancer' }),
    chosen(
      'annotations',
      {
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/healthcheck-path': '/api/health',
      },
      'Add the ARN of the certificate: alb.ingress.kubernetes.io/certificate-arn.',
    ),
    toConfirm(
      'controller',
      { kind: 'addresses', cidrs: answers.nodeCidrs ?? nodes?.cidrs.value ?? [] },
      'TO CONFIRM: the subnets of the load balancer; these are the addresses of the nodes.',
    ),
  ];
};

/** Whether no way to expose Grafana is missing only because it was not read. */
const waysAreKnown = ({ ingresses, gateways, unread }: ClusterFacts): boolean =>
  ingresses.length + gateways.length > 0 ||
  ['IngressClass', 'Gateway'].every((kind) => !unread.includes(kind));

/** Ways to expose Grafana. */
export const waysOf = (facts: ClusterFacts): string => {
  const { ingresses, gateways } = facts;
  if (!waysAreKnown(facts)) return 'unknown';
  const ways = [
    ...ingresses.map(({ name, controller: by, traffic }) => {
      const missing = traffic ? '' : ', whose pods were not found';
      return `the IngressClass ${name} (${by}${missing})`;
    }),
    ...gateways.map(
      ({ namespace, name, className }) => `the Gateway ${namespace}/${name} (${className})`,
    ),
  ];
  return ways.length > 0 ? ways.join(', ') : 'no IngressClass and no Gateway';
};
