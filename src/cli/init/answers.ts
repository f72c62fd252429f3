import type { AlertAnswer, Answers, GrafanaAnswer } from '../../cluster/answers.js';
import type { ClusterFacts } from '../../cluster/facts.js';
import { cidr, email, hostName } from '../../config/fields.js';
import { type SizeName, scales } from '../../config/size.js';

/** One of several answers. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** Asks a user; a test answers itself. */
export interface Ask {
  /** The first choice is the default. */
  choose<T>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  /** `problemOf` says what is wrong with an answer. */
  enter(
    message: string,
    initial: string,
    problemOf: (answer: string) => string | undefined,
  ): Promise<string>;
}

/** Asks what no object of the cluster tells; `refuse` says why an environment cannot have a name. */
export const answersOf = async (
  facts: ClusterFacts,
  proposed: Answers,
  ask: Ask,
  name: string | undefined,
  refuse: (name: string) => string | undefined = () => undefined,
): Promise<Answers> => {
  const given =
    name ??
    (await ask.enter(
      'Name of the environment',
      proposed.name,
      (text) => problemOfName(text) ?? refuse(text),
    ));
  const stages = [proposed.stage, ...(['development', 'staging', 'production'] as const)];
  const stage = await ask.choose(
    'Stage (production requires that somebody receives alerts)',
    [...new Set(stages)].map((value) => ({ value, label: value })),
  );
  const size = await ask.choose<SizeName>('Size', sizes(facts.size.value));
  const nodeCidrs = await askNodes(facts, ask);
  const alerts = await askAlerts(stage, ask);
  const grafana = await askGrafana(facts, ask);
  return {
    name: given,
    stage,
    size,
    ...(nodeCidrs && { nodeCidrs }),
    alerts,
    grafana,
    asked: true,
  };
};

const problemOfName = (name: string): string | undefined =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 40
    ? undefined
    : 'Lower-case letters, digits and dashes, such as production.';

const sizes = (proposed: SizeName): Choice<SizeName>[] => {
  const names = Object.keys(scales) as SizeName[];
  return [...new Set([proposed, ...names])].map((value) => ({
    value,
    label: value,
    hint: `up to ${scales[value].nodes} nodes and ${scales[value].pods} pods`,
  }));
};

const blocksIn = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== '');

/** The subnets; undefined if the user accepts the blocks around the addresses. */
const askNodes = async ({ nodes }: ClusterFacts, ask: Ask): Promise<string[] | undefined> => {
  const proposed = nodes?.cidrs.value.join(', ') ?? '';
  const answer = await ask.enter('Subnets of all nodes, also of future ones', proposed, (text) => {
    const blocks = blocksIn(text);
    if (blocks.length === 0) return 'At least one block, such as 10.0.0.0/16.';
    const wrong = blocks.find((one) => !cidr.safeParse(one).success);
    return wrong && `${wrong} is not a block such as 10.0.0.0/16.`;
  });
  return answer === proposed ? undefined : blocksIn(answer);
};

const askAlerts = async (stage: Answers['stage'], ask: Ask): Promise<AlertAnswer> => {
  const nobody: Choice<AlertAnswer['kind']> = { value: 'nobody', label: 'nobody yet' };
  const kind = await ask.choose<AlertAnswer['kind']>('Who receives alerts', [
    ...(stage === 'production' ? [] : [nobody]),
    { value: 'slack', label: 'a channel of Slack', hint: 'a webhook URL in a Secret' },
    { value: 'msteams', label: 'a channel of Microsoft Teams', hint: 'a webhook URL in a Secret' },
    { value: 'pagerduty', label: 'PagerDuty', hint: 'a routing key in a Secret' },
    { value: 'email', label: 'an address of e-mail', hint: 'by SMTP, with a password in a Secret' },
    { value: 'webhook', label: 'a webhook', hint: 'a URL in a Secret' },
  ]);
  if (kind !== 'email') return { kind };
  const address = (text: string) =>
    email.safeParse(text).success ? undefined : 'An address such as team@example.com.';
  return {
    kind,
    to: await ask.enter('To', '', address),
    from: await ask.enter('From', '', address),
    host: await ask.enter('SMTP server', '', problemOfHost),
  };
};

const problemOfHost = (text: string): string | undefined =>
  hostName.safeParse(text).success ? undefined : 'A host name such as grafana.example.com.';

type Way =
  | { kind: 'port-forward' }
  | Omit<Exclude<GrafanaAnswer, { kind: 'port-forward' }>, 'host'>;

/** Only ways whose traffic is known to come from somewhere, so that the policies can allow it. */
const askGrafana = async (facts: ClusterFacts, ask: Ask): Promise<GrafanaAnswer> => {
  const ways: Choice<Way>[] = [
    { value: { kind: 'port-forward' }, label: 'kubectl port-forward only' },
    ...facts.ingresses
      .filter(({ traffic }) => traffic !== undefined)
      .map((ingress) => ({
        value: { kind: 'ingress' as const, ingress },
        label: `an Ingress of the class ${ingress.name}`,
        hint: ingress.controller,
      })),
    ...facts.gateways
      .filter(({ pods }) => pods !== undefined)
      .map((gateway) => ({
        value: { kind: 'gateway' as const, gateway },
        label: `the Gateway ${gateway.namespace}/${gateway.name}`,
        hint: gateway.className,
      })),
  ];
  if (ways.length === 1) return { kind: 'port-forward' };
  const way = await ask.choose('How users reach Grafana', ways);
  if (way.kind === 'port-forward') return { kind: way.kind };
  const host = await ask.enter('Host name of Grafana', 'grafana.example.com', problemOfHost);
  return { ...way, host } as GrafanaAnswer;
};
