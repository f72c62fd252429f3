import type { z } from 'zod';
import { type AnyDefinition, definitionOf, type Unvalidated } from '../components/definition.js';
import { definitions } from '../components/index.js';
import { objectName } from '../config/fields.js';
import type { Resources } from '../config/size.js';
import { quantityPattern, quantityValue } from '../model/quantity.js';
import { dataSources } from './data-source.js';
import { platformRules } from './platform-constraints.js';
import type { Fault, Own, Rule, Unchecked } from './rule.js';

/** The rules between options; they are checked even if single options are invalid. */
export const rules = (environment: Unchecked, context: z.RefinementCtx): void => {
  const fault: Fault = (path, message) => context.addIssue({ code: 'custom', path, message });
  for (const rule of [
    ...platformRules,
    receivers,
    watchdog,
    nodeAgents,
    namespaces,
    components,
    imageNames,
    tolerations,
    memory,
    priorities,
    claimTemplates,
  ]) {
    rule(environment, fault);
  }
  dataSources(environment, context);
};

const receivers: Rule = ({ stage, alerting, alertmanager, parties }, fault) => {
  const isOff = alertmanager?.enabled === false;
  if (isOff && alerting !== undefined) {
    fault(
      ['alerting'],
      'nothing: alertmanager.enabled is false, so nothing sends these notifications',
    );
  }
  if (stage !== 'production' || alerting !== undefined) return;
  if (isOff && (Array.isArray(parties) ? parties : []).some(offersAlerts)) return;
  if (isOff) {
    fault(
      ['parties'],
      "a list with an external Alertmanager, which has an endpoint with offers: [offer('alerts')]: production requires notifications",
    );
    return;
  }
  fault(
    ['alerting'],
    "{ receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or similar: production requires notifications",
  );
};

/** Alertmanager calls the dead man's switch only while it receives the alert Watchdog. */
const watchdog: Rule = ({ alerting, alerts }, fault) => {
  const isOff = (Array.isArray(alerts) ? alerts : []).some(
    (one) => one?.kind === 'without' && one.alert === 'Watchdog',
  );
  if (!isOff || Object(alerting).deadMansSwitch === undefined) return;
  fault(
    ['alerting', 'deadMansSwitch'],
    'nothing: alerts disables the alert Watchdog, on which it depends',
  );
};

const offersAlerts = (party: unknown): boolean =>
  Object.values(Object(Object(party).endpoints)).some((endpoint) => {
    const { offers } = Object(endpoint);
    return Array.isArray(offers) && offers.some((offer) => Object(offer).capability === 'alerts');
  });

const nodeAgents: Rule = ({ nodeAgents, containerMetrics }, fault) => {
  if (nodeAgents?.kind !== 'none' || containerMetrics !== 'cadvisor') return;
  fault(['containerMetrics'], "'kubelet': cAdvisor is a node agent, and nodeAgents disables those");
};

const namespaces: Rule = ({ stack = 'crowsnest', namespaces }, fault) => {
  const agents = namespaces?.nodeAgents ?? `${stack}-agents`;
  if ((namespaces?.stack ?? stack) !== agents) return;
  fault(
    ['namespaces', 'nodeAgents'],
    'a namespace other than that of the stack: the node agents need a privileged namespace',
  );
};

/** Kubernetes rejects a toleration with a value but without a key, and `Exists` with a value. */
const tolerations: Rule = (environment, fault) => {
  const list = environment.tolerations;
  for (const [index, one] of (Array.isArray(list) ? list : []).entries()) {
    if (!one) continue;
    const exists = one.operator === 'Exists';
    const path = ['tolerations', index, 'operator'];
    if (one.key === undefined && !exists) fault(path, "'Exists', or add the key of a taint");
    if (exists && one.value !== undefined) fault(path, "'Equal', or remove the value");
  }
};

/** The rules of each component about its own options. */
const components: Rule = (environment, fault) => {
  for (const { path, definition, own } of placedIn(environment)) {
    definition.validate?.((own ?? {}) as Unvalidated, (inner, expected) =>
      fault([...path, ...inner], expected),
    );
  }
};

/** A component finds its images by their names. */
const imageNames: Rule = (environment, fault) => {
  const seen = new Map<string, AnyDefinition>();
  for (const { path, definition } of placedIn(environment)) {
    for (const name of Object.keys(definition.images)) {
      const first = seen.get(name) ?? definition;
      seen.set(name, first);
      // Components can share an image.
      if (first.images[name] === definition.images[name]) continue;
      fault([...path], `a component without an image named '${name}': ${first.name} has one`);
    }
  }
};

/** Kubernetes rejects a pod that requests more memory than its limit. */
const memory: Rule = (environment, fault) => {
  for (const { path, definition, own } of placedIn(environment)) {
    const preset = presetOf(environment, definition.sizes);
    const followed = definition.reservesMemory ? own?.memoryLimit : undefined;
    const request = own?.memory ?? followed ?? preset?.memory;
    const limit = own?.memoryLimit ?? preset?.memoryLimit;
    if (!isQuantity(request) || !isQuantity(limit)) continue;
    if (quantityValue(request) <= quantityValue(limit)) continue;
    if (own?.memoryLimit === undefined) {
      fault([...path, 'memory'], `at most ${limit}, its memory limit, or increase memoryLimit`);
    } else {
      fault([...path, 'memoryLimit'], `at least ${request}, its memory request`);
    }
  }
};

/** A claim that the StatefulSet makes must not be larger than the published one: claims cannot shrink. */
const claimTemplates: Rule = (environment, fault) => {
  for (const { path, definition, own } of placedIn(environment)) {
    const preset: PresetSize | undefined = presetOf(environment, definition.sizes);
    const { claimTemplate, volume = preset?.volume } = own ?? {};
    if (!isQuantity(claimTemplate) || !isQuantity(volume)) continue;
    if (quantityValue(claimTemplate) <= quantityValue(volume)) continue;
    fault([...path, 'claimTemplate'], `at most ${volume}, the size of its volume`);
  }
};

/** The definition of a component, its options as they are written, and their path. */
interface Placed {
  readonly path: readonly (string | number)[];
  readonly definition: AnyDefinition;
  readonly own?: Own;
}

const shipped = Object.entries(definitions as unknown as Readonly<Record<string, AnyDefinition>>);

const placedIn = (environment: Unchecked): Placed[] => {
  const { components: own } = environment;
  const options = environment as Readonly<Record<string, unknown>>;
  return [
    ...shipped.map(([key, definition]) => ({
      path: [key],
      definition,
      own: ownOf(options[key]),
    })),
    ...(Array.isArray(own) ? own : []).flatMap((value, index) => {
      const definition = definitionOf(value);
      return definition ? { path: ['components', index], definition, own: ownOf(value) } : [];
    }),
  ];
};

type PresetSize = Resources & { readonly volume?: string };

const presetOf = <T>({ size }: Unchecked, sizes: Readonly<Record<string, T>>): T | undefined =>
  Object.entries(sizes).find(([name]) => name === size)?.[1];

/** Without a class for all pods, the priority of the other pods depends on the cluster's default. */
const priorities: Rule = (environment, fault) => {
  if (environment.priorityClass !== undefined) return;
  const found = placedIn(environment).find(
    ({ own }) => objectName.safeParse(own?.priorityClass).success,
  );
  if (!found) return;
  fault(
    ['priorityClass'],
    `the name of a PriorityClass for all other pods: ${found.definition.name} has its own`,
  );
};

const ownOf = (value: unknown): Own | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

const isQuantity = (value: unknown): value is string =>
  typeof value === 'string' && quantityPattern.test(value);
