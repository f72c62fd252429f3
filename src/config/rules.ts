import type { z } from 'zod';
import { quantityPattern, quantityValue } from '../model/quantity.js';
import { seconds } from '../promql/duration.js';
import { platforms } from './platforms.js';
import { type Sizing, sized, sizings } from './sizing.js';

interface Amounts {
  readonly memory?: string;
  readonly memoryLimit?: string;
}

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
}

/** What the rules read of an environment; any of it may be missing or of another type still. */
export interface Unchecked {
  readonly cluster?: {
    readonly platform?: string;
    readonly storageClass?: unknown;
    readonly controlPlane?: string;
  };
  readonly stage?: string;
  readonly stack?: string;
  readonly alerting?: unknown;
  readonly nodeAgents?: { readonly kind?: string };
  readonly containerMetrics?: string;
  readonly namespaces?: { readonly stack?: string; readonly nodeAgents?: string };
  readonly size?: string;
  readonly prometheus?: {
    readonly remoteWrite?: readonly { readonly name?: string }[];
    readonly scrapeInterval?: string;
    readonly scrapeConfigs?: readonly { readonly config?: ScrapeConfig }[];
    readonly keep?: object;
  };
  readonly tolerations?: readonly Toleration[];
}

interface ScrapeConfig {
  readonly job_name?: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
}

/** The rules between options; they are held even where single options are wrong. */
export const rules = (environment: Unchecked, context: z.RefinementCtx): void => {
  const fault: Fault = (path, message) => context.addIssue({ code: 'custom', path, message });
  for (const rule of [
    storageClass,
    controlPlane,
    receivers,
    nodeAgents,
    namespaces,
    remoteWrites,
    scrapeConfigs,
    tolerations,
    memory,
  ]) {
    rule(environment, fault);
  }
};

type Fault = (path: (string | number)[], message: string) => void;
type Rule = (environment: Unchecked, fault: Fault) => void;

const storageClass: Rule = ({ cluster }, fault) => {
  const platform = Object.entries(platforms).find(([name]) => name === cluster?.platform)?.[1];
  if (!platform || 'storageClass' in platform || cluster?.storageClass !== undefined) return;
  fault(
    ['cluster', 'storageClass'],
    `{ name, expandable } of a class of the cluster's: ${cluster?.platform} has no default one`,
  );
};

const controlPlane: Rule = ({ cluster }, fault) => {
  const platform = Object.entries(platforms).find(([name]) => name === cluster?.platform)?.[1];
  if (cluster?.controlPlane !== 'exposed' || platform?.controlPlane.value !== 'hidden') return;
  fault(
    ['cluster', 'controlPlane'],
    `'loopback', or leave it out: on ${cluster.platform} nobody can scrape the parts of the control plane`,
  );
};

const receivers: Rule = ({ stage, alerting }, fault) => {
  if (stage !== 'production' || alerting !== undefined) return;
  fault(
    ['alerting'],
    "{ receivers: [{ kind: 'slack', name: 'team', url: { secret: 'alertmanager', key: 'slack' } }], defaultReceiver: 'team' } or the like: in production somebody is told of alerts",
  );
};

const nodeAgents: Rule = ({ nodeAgents, containerMetrics }, fault) => {
  if (nodeAgents?.kind !== 'none' || containerMetrics !== 'cadvisor') return;
  fault(['containerMetrics'], "'kubelet': cAdvisor is a node agent, and there are none");
};

const namespaces: Rule = ({ stack = 'crowsnest', namespaces }, fault) => {
  const agents = namespaces?.nodeAgents ?? `${stack}-agents`;
  if ((namespaces?.stack ?? stack) !== agents) return;
  fault(
    ['namespaces', 'nodeAgents'],
    'a namespace other than the stack’s: the node agents need a privileged one',
  );
};

const remoteWrites: Rule = ({ prometheus }, fault) => {
  const list = prometheus?.remoteWrite;
  const names = Array.isArray(list) ? list.map((one) => one?.name) : [];
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    fault(['prometheus', 'remoteWrite', index, 'name'], 'a name that no other remote write has');
  }
};

const scrapeConfigs: Rule = ({ prometheus }, fault) => {
  const list = prometheus?.scrapeConfigs;
  const configs = Array.isArray(list) ? list.map((one) => one?.config ?? {}) : [];
  const names = configs.map(({ job_name }) => job_name);
  for (const [index, one] of configs.entries()) {
    const at = (field: string) => ['prometheus', 'scrapeConfigs', index, 'config', field];
    const { job_name: name, scrape_timeout: timeout } = one;
    if (name !== undefined && names.indexOf(name) < index) {
      fault(at('job_name'), 'a name that no other job has');
    }
    if (typeof name === 'string' && name in (prometheus?.keep ?? {})) {
      const message = 'nothing: what of this job is kept is said by its metric_relabel_configs';
      fault(['prometheus', 'keep', name], message);
    }
    const interval = one.scrape_interval ?? prometheus?.scrapeInterval ?? '30s';
    if (secondsOf(timeout) > secondsOf(interval)) {
      fault(at('scrape_timeout'), `at most ${interval}, the interval of its scrapes`);
    }
  }
};

const secondsOf = (duration: unknown): number =>
  (typeof duration === 'string' ? seconds(duration) : undefined) ?? 0;

/** Kubernetes refuses a toleration of every key that compares values, and `Exists` with a value. */
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

/** Kubernetes refuses a pod that requests more memory than it may have. */
const memory: Rule = (environment, fault) => {
  const preset: Sizing | undefined = Object.entries(sizings).find(
    ([name]) => name === environment.size,
  )?.[1];
  for (const component of sized) {
    const own = (environment as { readonly [K in typeof component]?: Amounts })[component];
    const request = own?.memory ?? preset?.[component].memory;
    const limit = own?.memoryLimit ?? preset?.[component].memoryLimit;
    if (!isQuantity(request) || !isQuantity(limit)) continue;
    if (quantityValue(request) <= quantityValue(limit)) continue;
    if (own?.memoryLimit === undefined) {
      fault([component, 'memory'], `at most ${limit}, its memory limit, or raise memoryLimit too`);
    } else {
      fault([component, 'memoryLimit'], `at least ${request}, the memory that is requested`);
    }
  }
};

const isQuantity = (value: unknown): value is string =>
  typeof value === 'string' && quantityPattern.test(value);
