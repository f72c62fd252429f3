import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../src/environment/environment.js';
import { loadChecks } from '../src/load-checks.js';
import { optional, required } from '../src/model/consumption.js';
import { titleOf } from '../src/model/manifest.js';
import { type DashboardsOffer, dashboards, type Offer } from '../src/model/offer.js';
import { manifestFiles } from '../src/output/files.js';
import { readme } from '../src/output/readme.js';
import { inputOf } from './checks/input.js';
import { build, minimal } from './environment.js';
import { sampleContent } from './sample/content.js';

const content = await sampleContent();
const { checks } = await loadChecks();

const withGrafana = (
  offers: readonly Offer[],
  more: Partial<EnvironmentOptions> = {},
): EnvironmentOptions => ({
  ...minimal,
  grafana: { enabled: false },
  parties: [
    {
      name: 'our-grafana',
      workloads: {
        grafana: {
          kind: 'pods',
          namespace: 'monitoring',
          labels: { 'app.kubernetes.io/name': 'grafana' },
        },
      },
      endpoints: { web: { port: 443, scheme: 'https', host: 'grafana.example.com', offers } },
      consumes: [required('promql'), optional('datasource')],
    },
  ],
  ...more,
});

const stackOf = (configMaps?: DashboardsOffer['configMaps'], more = {}) =>
  build(withGrafana([dashboards({ configMaps })], more), content);

const mapsIn = ({ manifests }: ReturnType<typeof build>) =>
  manifests
    .map(({ object }) => object)
    .filter(
      ({ kind, data }) =>
        kind === 'ConfigMap' &&
        Object.keys(data ?? {}).some(
          (key) => key.endsWith('.json') && key !== 'sampling.json' && key !== 'ui.json',
        ),
    );

const faultsIn = (stack: ReturnType<typeof build>) =>
  checks.flatMap(({ name, value }) =>
    value
      .run(inputOf(stack, { sources: content.sources }))
      .map(({ fault, place }) => `${name}/${fault} ${place.path}`),
  );

const linksIn = (stack: ReturnType<typeof build>): string[] =>
  stack.manifests.flatMap(({ object }) =>
    Object.values<string>(object.kind === 'ConfigMap' ? (object.data ?? {}) : {}).flatMap((text) =>
      [...text.matchAll(/dashboard_url: (\S+)/g)].map(([, url = '']) => url),
    ),
  );

describe('an outside Grafana that shows the dashboards', () => {
  test('finds them as ConfigMaps with a label and a folder, in the namespace of the stack', () => {
    const stack = stackOf();
    expect(stack.findings).toEqual([]);
    const maps = mapsIn(stack);
    expect(maps.map(titleOf)).toEqual([
      'ConfigMap crowsnest/crowsnest-dashboards-kubernetes-2',
      'ConfigMap crowsnest/crowsnest-dashboards-sample-2',
    ]);
    expect(maps[1]!.metadata).toMatchObject({
      labels: { grafana_dashboard: '1', 'app.kubernetes.io/instance': 'crowsnest' },
      annotations: { grafana_folder: 'Sample' },
    });
    expect(JSON.parse(maps[1]!.data['overview.json'])).toMatchObject({ uid: 'overview' });
    expect(Object.keys(manifestFiles(stack.manifests))).toContain('20-our-grafana-dashboards.yaml');
  });

  test('can have another namespace, label and annotation', () => {
    const stack = stackOf({
      namespace: 'dashboards',
      labels: { dashboards: 'yes' },
      folderAnnotation: 'folder',
    });
    const [map] = mapsIn(stack);
    expect(map!.metadata).toMatchObject({
      namespace: 'dashboards',
      labels: { dashboards: 'yes' },
      annotations: { folder: 'Kubernetes' },
    });
    expect(map!.metadata.labels).not.toHaveProperty('grafana_dashboard');
    expect(stack.prerequisites).toContainEqual({
      kind: 'Namespace',
      name: 'dashboards',
      purpose: 'contains the dashboards for our-grafana',
    });
  });

  test('is what alerts link to, without the default port', () => {
    const links = linksIn(stackOf());
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((url) => !url.startsWith('https://grafana.example.com/d/'))).toEqual([]);
  });

  test('passes every check, and its dashboards are checked', () => {
    expect(faultsIn(stackOf())).toEqual([]);
    const stack = stackOf();
    const manifests = stack.manifests.map((one) => {
      const { data } = one.object;
      if (!data?.['overview.json']) return one;
      const text = data['overview.json'].replace('"prometheus"', '"promtheus"');
      return { ...one, object: { ...one.object, data: { ...data, 'overview.json': text } } };
    });
    expect(faultsIn({ ...stack, manifests }).join()).toMatch(/dashboard-sources\//);
  });

  test('needs what it shows: without PromQL, the data source of the panels is unknown', () => {
    const { parties, ...rest } = withGrafana([dashboards()]);
    const stack = build({ ...rest, parties: [{ ...parties![0]!, consumes: [] }] }, content);
    expect(faultsIn(stack).join()).toMatch(/dashboard-sources\/unknown-source/);
  });

  test('is described in the README, with its data sources', () => {
    const text = readme(stackOf());
    const section = /## Dashboards in our-grafana\n[\s\S]*?(?=\n## )/.exec(text)?.[0];
    expect(section).toMatchInlineSnapshot(`
      "## Dashboards in our-grafana

      The dashboards are ConfigMaps in the namespace \`crowsnest\` with the label \`grafana_dashboard: '1'\`; the annotation \`grafana_folder\` has the folder. The sidecar of Grafana must watch this namespace for this label, and read the folder from the annotation (\`folderAnnotation: grafana_folder\` and \`provider.foldersFromFilesStructure: true\` in its Helm chart). Alerts link to https://grafana.example.com.

      Grafana needs these data sources, with exactly these uids:

      | uid | type | URL |
      | --- | --- | --- |
      | prometheus | prometheus | http://crowsnest-prometheus.crowsnest.svc:9090 |
      | alertmanager | alertmanager | http://crowsnest-alertmanager.crowsnest.svc:9093 |
      | jaeger | jaeger | http://crowsnest-jaeger.crowsnest.svc:16686 |
      "
    `);
  });
});

test('without an outside Grafana that shows them, there are no dashboards and no links', () => {
  for (const stack of [
    build(withGrafana([]), content),
    build(withGrafana([], { parties: [] }), content),
  ]) {
    expect(mapsIn(stack)).toEqual([]);
    expect(linksIn(stack)).toEqual([]);
    expect(readme(stack)).not.toContain('## Dashboards in');
    expect(faultsIn(stack)).toEqual([]);
  }
});

test('beside the Grafana of the stack, alerts link to that of the stack', () => {
  const stack = stackOf(undefined, { grafana: {} });
  expect(linksIn(stack).every((url) => url.startsWith('http://crowsnest-grafana.'))).toBe(true);
  expect(mapsIn(stack).map(titleOf)).toEqual(
    expect.arrayContaining([
      'ConfigMap crowsnest/crowsnest-grafana-dashboards-sample-2',
      'ConfigMap crowsnest/crowsnest-dashboards-sample-2',
    ]),
  );
});
