import type { EnvironmentOptions } from '../src/config/environment.js';
import { validate } from '../src/config/validate.js';
import type { Content } from '../src/content/content.js';
import { type Dashboard, dashboard } from '../src/content/dashboard.js';
import type { RenderedContent } from '../src/model/wiring.js';
import type { Stack } from '../src/output/stack.js';
import { buildStack } from '../src/stack.js';

/** The least that an environment must say. */
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

/** Content that no test depends on, of which there is one of each, in the form that engines read. */
export const someContent: RenderedContent = {
  dashboards: {
    example: {
      folder: 'Shop',
      json: '{ "uid": "example", "title": "Example", "panels": [] }\n',
    },
  },
  rules: { 'example.yaml': 'groups: []\n' },
  expressions: [],
};

/** No dashboards and no alerts. */
export const noContent: Content = { dashboards: {}, alerts: {}, sources: {} };

/** A dashboard without panels. */
export const emptyDashboard = (folder: string): Dashboard =>
  dashboard({ title: folder, description: 'None.', folder, rows: [] });

/** A single dashboard, without panels. */
export const oneDashboard: Content = {
  ...noContent,
  dashboards: { example: emptyDashboard('Shop') },
};

/** The stack of an environment; throws where the environment is not valid. */
export const build = (options: EnvironmentOptions, content = noContent): Stack => {
  const { environment, findings } = validate(options, 'test', 'environments/test.ts');
  if (!environment) throw new Error(JSON.stringify(findings, null, 2));
  return buildStack(environment, content);
};
