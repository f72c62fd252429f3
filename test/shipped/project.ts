import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { newAlert } from '../../src/cli/new/alert.js';
import { newDashboard } from '../../src/cli/new/dashboard.js';
import { packageLibrary } from '../../src/cli/new/library.js';
import { minimal } from '../environment.js';
import { blocksIn } from '../readme/block.js';

/** Code of this repository, with the imports of another project. */
const outside = (text: string): string =>
  text.replace(/'\.\.\/src\/(index|content\/[-a-z]+)\.js'/g, "'crowsnest'");

const scaffolded = Object.fromEntries(
  Object.entries(newAlert('checkout', packageLibrary)).map(([extension, text]) => [
    `alerts/checkout${extension.replace('.ts', '.js')}`,
    text,
  ]),
);

const echo = `{
  name: 'echo',
  endpoints: { http: { port: 8080, offers: [metrics(), health('/healthz')] } },
  consumes: [],
  render: (scope, wiring) =>
    workload(scope, wiring, 'echo', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'echo',
          image: { reference: 'registry.example.com/echo:1.0.0', user: 65532, group: 65532 },
          endpoints: ['http'],
          resources: { cpu: '10m', memory: '16Mi', memoryLimit: '32Mi' },
        },
      ],
    }),
}`;

const page = readFileSync(join(import.meta.dirname, '../../docs/components.md'), 'utf8');
/** The component in the example of the page about components. */
const example = outside(
  blocksIn(page).find(({ mark }) => mark === 'components/statsd-exporter.ts')!.text,
);
const mapping = { match: 'shop.orders.*', name: 'shop_orders_total' };

const environment = `{
  ...${JSON.stringify(minimal)},
  components: [echo, statsdExporter.with(${JSON.stringify({ mappings: [mapping] })})],
  alerts: [targets.with({ downShare: 0.3 }), without('Watchdog', 'another watches this one')],
}`;
const synthesis = `synthesize({ environments: 'environments', content: ['.'], out: 'dist' })`;

/** The files of a cdk8s project that uses the package, by their paths. */
export const projectFiles: Readonly<Record<string, string>> = {
  'synth.js': `
    import { synthesize } from 'crowsnest';
    const { ok } = await ${synthesis};
    process.exitCode = ok ? 0 : 1;`,
  'environments/own.js': `
    import { without } from 'crowsnest';
    import targets from 'crowsnest/alerts/targets';
    import { echo } from '../components/echo.js';
    import { statsdExporter } from '../components/statsd-exporter.js';
    export default ${environment};`,
  'components/echo.js': `
    import { health, metrics, workload } from 'crowsnest';
    export const echo = ${echo};`,
  'components/statsd-exporter.js': transformSync(example, { loader: 'ts' }).code,
  'typed-component.ts': example,
  'dashboards/orders.js': `
    import { dashboard, stat } from 'crowsnest';
    const queries = { orders: 'sum(echo_orders_total)' };
    const panels = [stat({ title: 'Orders', description: 'All.', unit: 'short', queries })];
    export default dashboard({
      title: 'Orders',
      description: 'What comes in.',
      folder: 'Shop',
      rows: [{ title: 'Now', panels }],
    });`,
  'alerts/orders.js': `
    import { alertGroup } from 'crowsnest';
    export default alertGroup({
      needs: ['echo'],
      rules: () => ({
        alerts: [
          {
            alert: 'OrdersAbsent',
            expr: 'absent(echo_orders_total)',
            severity: 'warning',
            summary: 'There are no orders.',
            description: 'echo counts no orders.',
          },
        ],
      }),
    });`,
  'alerts/orders.md': `## OrdersAbsent
**Meaning.** echo counts no orders.
**Impact.** Nobody can order.
**Diagnosis.** absent(echo_orders_total)
**Remedy.** Restart it.`,
  'alerts/orders.test.yaml': `
rule_files: [orders.yaml]
tests:
  - alert_rule_test:
      - alertname: OrdersAbsent
        exp_alerts: [{}]
  - alert_rule_test:
      - alertname: OrdersAbsent
        exp_alerts: []`,
  'dashboards/checkout.js': newDashboard('checkout', packageLibrary),
  ...scaffolded,
  'typed.ts': `
    import { type Component, type EnvironmentOptions, health, metrics } from 'crowsnest';
    import { synthesize, without, workload } from 'crowsnest';
    import targets from 'crowsnest/alerts/targets';
    import { statsdExporter } from './typed-component.js';
    const echo: Component = ${echo};
    export const environment = ${environment} satisfies EnvironmentOptions;
    export const { ok }: { readonly ok: boolean } = await ${synthesis};
    // @ts-expect-error: the size does not exist
    export const typo: EnvironmentOptions = { ...environment, size: 'smal' };
    // @ts-expect-error: the option does not exist
    export const retry = statsdExporter.with({ mapings: [] });
    // @ts-expect-error: the threshold does not exist
    export const wrong = targets.with({ downShar: 0.3 });`,
};

/** An environment with an unknown option. */
export const misspelt = `export default ${JSON.stringify({ ...minimal, sise: 'small' })};`;
