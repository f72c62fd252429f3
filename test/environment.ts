import type { Content } from '../src/content/content.js';
import { type Dashboard, dashboard } from '../src/content/dashboard.js';
import type { Environment, EnvironmentOptions } from '../src/environment/environment.js';
import { validate } from '../src/environment/validate.js';
import type { SelectedContent } from '../src/model/content.js';
import type { GrafanaDashboard } from '../src/model/dashboard.js';
import type { SynthesizedStack } from '../src/output/synthesized-stack.js';
import { buildStack } from '../src/stack.js';

/** The required options of an environment. */
export const minimal = {
  stage: 'development',
  cluster: {
    name: 'test',
    platform: 'kind',
    nodeCidrs: ['172.18.0.0/16'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['172.18.0.2/32'] },
  },
  size: 'small',
} as const satisfies EnvironmentOptions;

/** Without the components that only add to what a test builds: with half of the objects, it takes half of the time. */
export const withFewComponents = {
  jaeger: { enabled: false },
  kubeStateMetrics: { enabled: false },
  blackboxExporter: { enabled: false },
} as const satisfies Partial<EnvironmentOptions>;

/** Sample content with one of each kind, on which no test depends. */
export const someContent: SelectedContent = {
  dashboards: {
    example: {
      folder: 'Shop',
      model: { uid: 'example', title: 'Example', panels: [] } as unknown as GrafanaDashboard,
    },
  },
  ruleFiles: { example: [{ name: 'example', rules: [] }] },
};

/** No dashboards and no alerts. */
export const noContent: Content = { dashboards: {}, alerts: {}, ruleFiles: {}, sources: {} };

/** A dashboard without panels. */
export const emptyDashboard = (folder: string): Dashboard =>
  dashboard({ title: folder, description: 'None.', folder, rows: [] });

/** A single dashboard without panels. */
export const oneDashboard: Content = {
  ...noContent,
  dashboards: { example: emptyDashboard('Shop') },
};

/** The environment with these options; throws if they are invalid. */
export const validated = (options: EnvironmentOptions): Environment => {
  const { environment, findings } = validate(options, 'test', 'environments/test.ts');
  if (!environment) throw new Error(JSON.stringify(findings, null, 2));
  return environment;
};

/** The stack of an environment; throws if the environment is invalid. */
export const build = (options: EnvironmentOptions, content = noContent): SynthesizedStack =>
  buildStack(validated(options), content);
