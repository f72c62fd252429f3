import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContent } from '../../../src/content/load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unwrap-'));
  mkdirSync(join(folder, 'dashboards'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a file in dashboards/ is loaded as. */
const loaded = async (name: string, text: string | object) => {
  const written = typeof text === 'string' ? text : JSON.stringify(text);
  writeFileSync(join(folder, 'dashboards', name), written);
  const { content, findings } = await loadContent([folder]);
  return {
    dashboards: Object.entries(content.dashboards).map(
      ([uid, one]) => `${one.folder}/${uid}: ${one.title}`,
    ),
    findings: findings.map(({ code, place: { path, line } }) => [code, path ?? line].join(' ')),
    severities: findings.map(({ severity }) => severity),
    remedies: findings.map(({ remedy }) => remedy),
    messages: findings.map(({ message }) => message),
  };
};

const json = (title = 'Shop') => ({ title, panels: [] });
const operator = 'grafana.integreatly.org/v1beta1';
const ofOperator = (spec: object, apiVersion = operator) => ({
  apiVersion,
  kind: 'GrafanaDashboard',
  metadata: { name: 'orders' },
  spec,
});
const configMap = (data: object | undefined, annotations?: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'boards', labels: { grafana_dashboard: '1' }, annotations },
  data,
});
const [shop, cart] = [JSON.stringify(json()), JSON.stringify(json('Cart'))];

test.each<[string, object, readonly string[]]>([
  ['a GrafanaDashboard', ofOperator({ json: shop }), ['Imported/file: Shop']],
  [
    'its earlier version',
    ofOperator({ json: shop }, 'integreatly.org/v1alpha1'),
    ['Imported/file: Shop'],
  ],
  [
    'a compressed GrafanaDashboard, in its folder',
    ofOperator({ gzipJson: gzipSync(shop).toString('base64'), folder: 'Sales' }),
    ['Sales/file: Shop'],
  ],
  ['a ConfigMap with one dashboard', configMap({ 'a.json': shop }), ['Imported/file: Shop']],
  [
    'a ConfigMap with two, in the folder of the sidecar',
    configMap({ 'a.json': shop, 'b.json': cart, notes: 'x' }, { grafana_folder: 'Sales' }),
    ['Sales/a: Shop', 'Sales/b: Cart'],
  ],
  [
    'a list of objects',
    {
      apiVersion: 'v1',
      kind: 'List',
      items: [ofOperator({ json: shop }), configMap({ 'b.json': cart })],
    },
    ['Imported/orders: Shop', 'Imported/b: Cart'],
  ],
  ['a dashboard that is called kind', { ...json(), kind: 'x' }, ['Imported/file: Shop']],
])('%s is loaded from JSON, and from YAML', async (_, value, dashboards) => {
  expect(await loaded('file.json', value)).toMatchObject({ dashboards, findings: [] });
  rmSync(join(folder, 'dashboards/file.json'));
  // JSON is YAML.
  expect(await loaded('file.yml', value)).toMatchObject({ dashboards, findings: [] });
});

test('several documents of a YAML file are loaded, and a literal text', async () => {
  const text = `# first
apiVersion: ${operator}
kind: GrafanaDashboard
metadata: { name: orders }
spec:
  json: |
    ${JSON.stringify(json('Orders'), null, 2).replaceAll('\n', '\n    ')}
---
title: Plain
panels: []
---
`;
  expect(await loaded('boards.yaml', text)).toMatchObject({
    dashboards: ['Imported/orders: Orders', 'Imported/boards: Plain'],
    findings: [],
  });
});

test.each<[string, string | object, string]>([
  ['a.yaml', ofOperator({ url: 'https://example.com/a.json' }), 'remote-dashboard spec.url'],
  ['a.json', ofOperator({ grafanaCom: { id: 1860 } }), 'remote-dashboard spec.grafanaCom'],
  [
    'a.yaml',
    ofOperator({ configMapRef: { name: 'a', key: 'b' } }),
    'remote-dashboard spec.configMapRef',
  ],
  ['a.yaml', ofOperator({ jsonnet: '{}' }), 'remote-dashboard spec.jsonnet'],
  ['a.yaml', ofOperator({ folder: 'a' }), 'no-dashboard spec.json'],
  ['a.yaml', ofOperator({ oci: { reference: 'a' } }), 'remote-dashboard spec.oci'],
  ['a.yaml', { ...ofOperator({ json: shop }), kind: 'GrafanaFolder' }, 'no-dashboard kind'],
  ['a.yaml', ofOperator({ json: '{' }), 'invalid-json spec.json'],
  ['a.yaml', ofOperator({ gzipJson: 'e30=' }), 'invalid-json spec.gzipJson'],
  ['a.yaml', configMap({ 'a.json': '{' }), "invalid-json data['a.json']"],
  ['a.yaml', configMap({ 'a.json': '{ "title": "a" }' }), "missing-option data['a.json'].panels"],
  ['a.yaml', configMap({ 'a.txt': 'a' }), 'no-dashboard data'],
  ['a.yaml', configMap(undefined), 'no-dashboard data'],
  ['a.yaml', { apiVersion: 'v1', kind: 'Secret' }, 'no-dashboard kind'],
  ['a.yaml', '# nothing\n', 'no-dashboard '],
  ['a.yaml', 'a: b\nc: d: e\n', 'invalid-yaml 2'],
  ['a.yaml', '{{ .Values.a }}: c\n', 'invalid-yaml 1'],
  ['a.yaml', 'text', 'invalid-value '],
])('%s with %j is rejected: %s', async (name, text, finding) => {
  expect(await loaded(name, text)).toMatchObject({
    dashboards: [],
    findings: [`content/${finding}`],
  });
});

test('a GrafanaDashboard can refer to a ConfigMap of its file, which is then no dashboard of its own', async () => {
  const refer = (key: string) => ofOperator({ configMapRef: { name: 'boards', key } });
  const list = (...items: object[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const grafana = { apiVersion: operator, kind: 'Grafana', metadata: { name: 'a' }, spec: {} };
  for (const key of ['json', 'shop.json']) {
    expect(await loaded('a.json', list(configMap({ [key]: shop }), refer(key)))).toMatchObject({
      dashboards: ['Imported/a: Shop'],
      findings: [],
    });
  }
  expect(
    await loaded('a.json', list(grafana, configMap({ json: shop }), refer('json'))),
  ).toMatchObject({
    dashboards: ['Imported/a: Shop'],
    severities: ['warning'],
  });
  const { findings, remedies } = await loaded(
    'a.json',
    list(configMap({ json: shop }), refer('jso')),
  );
  expect(findings).toEqual(['content/remote-dashboard items[1].spec.configMapRef']);
  expect(remedies[0]).toContain("with the key 'jso'");
  expect((await loaded('a.json', list(configMap({ json: '{' }), refer('json')))).findings).toEqual([
    'content/invalid-json items[1].spec.configMapRef',
  ]);
});

test('a GrafanaManifest has its dashboard in spec.template', async () => {
  const manifest = (template: object) => ({
    apiVersion: operator,
    kind: 'GrafanaManifest',
    metadata: { name: 'a' },
    spec: { template },
  });
  const resource = { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', spec: json() };
  expect(await loaded('a.json', manifest(resource))).toMatchObject({
    dashboards: ['Imported/a: Shop'],
    findings: [],
  });
  const folder = { apiVersion: 'folder.grafana.app/v1beta1', kind: 'Folder', spec: {} };
  expect((await loaded('a.json', manifest(folder))).findings).toEqual([
    'content/no-dashboard spec.template.kind',
  ]);
});

test('a misspelt kind is an error, also beside a dashboard', async () => {
  const misspelt = { ...ofOperator({ json: shop }), kind: 'GrafanaDashbord' };
  const items = [ofOperator({ json: shop }), misspelt];
  expect(await loaded('a.json', { apiVersion: 'v1', kind: 'List', items })).toMatchObject({
    findings: ['content/no-dashboard items[1].kind'],
    severities: ['error'],
  });
});

test('a file of a ConfigMap with the name of another dashboard is named', async () => {
  const maps = {
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    items: [configMap({ 'b.json': shop, 'c.json': shop })],
  };
  await loaded('b.json', json());
  expect(await loaded('z.json', maps)).toMatchObject({
    findings: ["content/duplicate-name items[0].data['b.json']"],
    remedies: ["Rename items[0].data['b.json'] in this file, or rename the other file."],
  });
  await loaded('a.json', maps);
  const { messages } = await loaded('z.json', json('Z'));
  expect(messages).toContainEqual(
    expect.stringMatching(/^items\[0\].data\['b.json'\] of .*a.json has/),
  );
});

test('objects beside a dashboard are a warning', async () => {
  const items = [ofOperator({ json: shop }), { apiVersion: 'v1', kind: 'Secret' }];
  expect(await loaded('a.json', { apiVersion: 'v1', kind: 'List', items })).toMatchObject({
    dashboards: ['Imported/a: Shop'],
    findings: ['content/no-dashboard items[1].kind'],
    severities: ['warning'],
  });
});

test('a dashboard of grafana.com has its address in the remedy', async () => {
  const { remedies } = await loaded(
    'a.json',
    ofOperator({ grafanaCom: { id: 1860, revision: 37 } }),
  );
  expect(remedies).toEqual([
    'Download it from https://grafana.com/api/dashboards/1860/revisions/37/download, and save the JSON in this folder.',
  ]);
});

test('data sources that the operator selects are inputs', async () => {
  const panels = ['DS_A', 'DS_LOKI'].map((name, id) => ({
    id,
    type: 'a',
    datasource: `\${${name}}`,
  }));
  const spec = {
    json: JSON.stringify({
      title: 'Shop',
      panels,
      __inputs: [{ name: 'DS_A', pluginId: 'prometheus' }],
    }),
    datasources: [
      { inputName: 'DS_A', datasourceName: 'loki' },
      { inputName: 'DS_LOKI', datasourceName: 'Logs' },
    ],
  };
  writeFileSync(join(folder, 'dashboards/a.json'), JSON.stringify(ofOperator(spec)));
  const { content } = await loadContent([folder]);
  const context = { uid: 'a', jobs: new Set<string>(), titles: new Map() };
  expect(content.dashboards.a?.render(context).panels).toMatchObject([
    { datasource: { type: 'prometheus', uid: 'prometheus' } },
    { datasource: { type: 'loki', uid: '${DS_LOKI}' } },
  ]);
});

test('a field beside spec is a warning: neither Grafana nor the operator reads it', async () => {
  const { dashboards, findings, severities } = await loaded('file.json', {
    ...ofOperator({ json: shop }),
    folder: 'Sales',
    status: {},
  });
  expect([dashboards, findings, severities]).toEqual([
    ['Imported/file: Shop'],
    ['content/stray-field folder'],
    ['warning'],
  ]);
  const resource = { apiVersion: 'dashboard.grafana.app/v1', kind: 'Dashboard', spec: json() };
  expect((await loaded('file.json', { ...resource, title: 'Shop' })).findings).toEqual([
    'content/stray-field title',
  ]);
});
