import { definitions } from '../../src/components/index.js';
import { commonOptions } from '../../src/config/common.js';
import { alertGroup } from '../../src/content/alert-group.js';
import { dashboard } from '../../src/content/dashboard.js';
import { cluster, count, stat, timeSeries } from '../../src/content/grafana.js';
import { optionsOfComponents } from '../../test/components/options.js';
import { hosts } from '../../test/config/hosts.js';
import { valid } from '../../test/config/valid.js';
import { minimal } from '../../test/environment.js';
import { credential, hostileJson, hostileValue } from './hostile.js';
import { mutated } from './mutate.js';
import type { Random } from './random.js';
import { valueFor } from './schema-value.js';
import { brokenText, dashboardModel, monitors, rules } from './text-file.js';

/** The files of a project by path: texts, or the default exports of modules. */
export interface Project {
  readonly texts: Readonly<Record<string, string>>;
  readonly modules: Readonly<Record<string, unknown>>;
}

const components = await optionsOfComponents();
const seeds: readonly object[] = [
  valid,
  ...Object.entries(components).map(([key, options]) => ({ [key]: options })),
];

const secrets: readonly ((text: string) => object)[] = [
  (text) => ({
    prometheus: { remoteWrite: [{ name: 'a', url: `https://a:${text}@example.com/` }] },
  }),
  (text) => ({
    prometheus: {
      remoteWrite: [
        { name: 'a', url: 'https://example.com/', basic_auth: { username: 'a', password: text } },
      ],
    },
  }),
  (text) => ({
    prometheus: {
      scrapeConfigs: [
        {
          config: {
            job_name: 'a',
            static_configs: [{ targets: ['a.example.com:1'] }],
            params: { token: [text] },
          },
        },
      ],
    },
  }),
  (text) => ({
    prometheus: {
      scrapeConfigs: [
        {
          config: {
            job_name: 'a',
            static_configs: [{ targets: ['a.example.com:1'] }],
            http_headers: { 'X-Api-Key': { values: [text] } },
          },
        },
      ],
    },
  }),
  (text) => ({
    prometheus: {
      remoteWrite: [{ name: 'a', url: 'https://example.com/', headers: { 'X-Api-Key': text } }],
    },
  }),
  (text) => ({
    grafana: { settings: { smtp: { enabled: true, host: 'a.example.com:1', password: text } } },
  }),
  (text) => ({ grafana: { oidc: { clientSecret: text } } }),
  (text) => ({ blackboxExporter: { probes: [{ url: `https://example.com/?token=${text}` }] } }),
  (text) => ({
    alerting: {
      config: {
        route: { receiver: 'a' },
        receivers: [{ name: 'a', opsgenie_configs: [{ api_key: text }] }],
      },
    },
  }),
  (text) => ({
    alerting: {
      receivers: [{ kind: 'slack', name: 'a', url: `https://hooks.slack.com/services/${text}` }],
      defaultReceiver: 'a',
    },
  }),
];

const throws = (): never => {
  throw new Error('the function of the user fails');
};

const component = (random: Random): object => {
  const broken: Record<string, unknown> = {
    name: random.pick(['shop', 'constructor', 'valueof']),
    endpoints: {},
    consumes: [],
    render: random.pick<unknown>([
      throws,
      () => hostileValue(random),
      (scope: object) => Object.keys(scope),
      async () => throws,
    ]),
  };
  return mutated(broken, random, hostileValue) as object;
};

const patch = (random: Random): unknown =>
  random.pick<(object: Record<string, unknown>) => unknown>([
    throws,
    () => hostileValue(random),
    (object) => (random.chance(0.1) ? mutated(object, random, hostileValue) : object),
    (object) => (random.chance(0.1) ? mutated(object, random, hostileJson) : object),
    (object) => Object.assign(object, { self: object }),
    () => {
      throw hostileValue(random);
    },
  ]);

const top: Readonly<Record<string, unknown>> = {
  ...commonOptions,
  ...Object.fromEntries(Object.entries(definitions).map(([key, { options }]) => [key, options])),
};

/** A random environment: some options of valid ones, random values of the schemas, and hostile values. */
export const environment = (random: Random): unknown => {
  let options: Record<string, unknown> = { ...minimal, stage: 'staging' };
  for (const seed of seeds) {
    for (const [key, value] of Object.entries(seed)) {
      if (random.chance(0.2)) options[key] = value;
    }
  }
  if (random.chance(0.4))
    Object.assign(options, random.pick(Object.values(hosts))('a.example.com'));
  if (random.chance(0.15)) Object.assign(options, random.pick(secrets)(credential));
  if (random.chance(0.3)) {
    const key = random.pick(Object.keys(top));
    options[key] = valueFor(top[key], random);
  }
  if (random.chance(0.1)) options.components = [component(random)];
  if (random.chance(0.1)) options.patch = patch(random);
  const changes = random.pick([0, 0, 1, 1, 1, 2, 3]);
  for (let index = 0; index < changes; index += 1) {
    options = mutated(options, random, hostileValue) as Record<string, unknown>;
  }
  return random.chance(0.01) ? hostileValue(random) : options;
};

const check = (random: Random): unknown =>
  mutated(
    {
      summary: 'A check of the user.',
      faults: { shop: { what: 'a', why: 'b', example: 'c', fix: 'd' } },
      run: random.pick<unknown>([
        throws,
        () => hostileValue(random),
        () => [hostileValue(random)],
        () => [mutated({ fault: 'shop', place: { object: 'a' } }, random, hostileValue)],
        () => [{ severity: 'warning', fault: 'shop', place: {}, message: 'a', remedy: 'b' }],
      ]),
    },
    random,
    random.chance(0.5) ? () => throws : hostileValue,
  );

const group = (random: Random): unknown => {
  const all = {
    alerts: [
      {
        alert: 'ShopDown',
        expr: 'up == 0',
        severity: 'warning',
        summary: 'a',
        description: 'b',
        labels: { team: 'shop' },
      },
    ],
    recordings: [{ record: 'job:up:sum', expr: 'sum by (job) (up)' }],
  };
  const made = mutated(all, random, hostileValue) as typeof all;
  const options = {
    needs: ['prometheus'],
    thresholds: { a: 1 },
    rules: random.pick<unknown>([() => made, () => made, throws, () => hostileValue(random)]),
  };
  const changed = random.chance(0.3) ? mutated(options, random, hostileValue) : options;
  try {
    return alertGroup(changed as never);
  } catch {
    return changed;
  }
};

const board = (random: Random): unknown => {
  const options = {
    title: 'Shop',
    description: 'The orders.',
    folder: 'Shop',
    variables: [cluster],
    rows: [
      {
        title: 'Orders',
        panels: [
          stat({
            title: 'Down',
            description: 'Bad: any.',
            ...count,
            queries: 'count(up{cluster=~"$cluster"})',
          }),
          timeSeries({
            title: 'Up',
            description: 'Bad: none.',
            unit: 'short',
            queries: { '{{job}}': 'sum by (job) (up{cluster=~"$cluster"})' },
          }),
        ],
      },
    ],
  };
  const value = { ...dashboard(mutated(options, random, hostileValue) as never) };
  return random.chance(0.2) ? mutated(value, random, hostileValue) : value;
};

/** Code of the user can throw while its file is loaded. */
const loaded = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return new Unloadable(error);
  }
};

/** The error of a module that cannot be loaded. */
export class Unloadable {
  constructor(readonly error: unknown) {}
}

/** A random project: an environment with random content. */
export const projectOf = (random: Random): Project => {
  const texts: Record<string, string> = {};
  const modules: Record<string, unknown> = {};
  const add = (share: number, make: () => void): void => {
    if (random.chance(share)) make();
  };
  const text = (value: string): string => (random.chance(0.15) ? brokenText(value, random) : value);
  const plain = random.chance(0.6) ? minimalOptions : undefined;
  modules['environments/fuzz.ts'] = plain ?? environment(random);
  const share = plain ? 0.35 : 0.03;
  add(share, () => {
    const model = mutated(dashboardModel(random), random, hostileJson);
    texts['dashboards/shop.json'] = text(JSON.stringify(model, null, 2));
  });
  add(share, () => {
    texts['alerts/orders.yaml'] = text(rules(random));
  });
  add(share, () => {
    texts['applications/shop.yaml'] = text(monitors(random));
  });
  add(share / 2, () => {
    modules['dashboards/board.ts'] = loaded(() => board(random));
  });
  add(share / 2, () => {
    modules['alerts/group.ts'] = loaded(() => group(random));
  });
  add(share / 2, () => {
    modules['checks/own.ts'] = check(random);
  });
  return { texts, modules };
};

const minimalOptions = { ...minimal, stage: 'staging' };
