import { expect, test } from 'vitest';
import { z } from 'zod';
import configuration from '../../src/checks/files/configuration.js';
import { mountFiles, writeFile } from '../../src/kubernetes/config-files.js';
import { workload } from '../../src/kubernetes/workload.js';
import { type ConfigFile, json, yaml } from '../../src/model/file.js';
import { titleOf } from '../../src/model/manifest.js';
import type { Component } from '../../src/model/party.js';
import { build, minimal } from '../environment.js';
import { changed, inputOf, type Mutable } from './input.js';

const route = z.strictObject({ to: z.string().startsWith('/') });

const main: ConfigFile<{ readonly interval: number; readonly routes: readonly string[] }> = {
  path: '/etc/mailer/main.yaml',
  format: yaml,
  schema: z.strictObject({ interval: z.int(), routes: z.array(z.string()).readonly() }),
  reload: 'itself',
};

const routes: ConfigFile<z.input<typeof route>> = {
  path: {
    file: main,
    option: 'routes',
    extension: '.json',
    patterns: (value) => (value as { routes: readonly string[] }).routes,
  },
  format: json(),
  schema: route,
  reload: 'restart',
};

const mailer: Component = {
  name: 'mailer',
  endpoints: {},
  consumes: [],
  programs: { mailer: { memoryLimit: 'itself', files: [main, routes] } },
  render: (scope, wiring) => {
    const config = mountFiles(scope, wiring.workloads.mailer!.identity, 'config', '/etc/mailer', [
      writeFile(main, { interval: 10, routes: ['/etc/mailer/*.json'] }),
      writeFile(routes, { to: '/inbox' }, { path: '/etc/mailer/inbox.json' }),
    ]);
    workload(scope, wiring, 'mailer', {
      kind: 'Deployment',
      replicas: 1,
      containers: [
        {
          name: 'mailer',
          image: { reference: 'registry.example.com/mailer:1.0.0', user: 1000, group: 1000 },
          resources: { cpu: '10m', memory: '32Mi', memoryLimit: '32Mi' },
          mounts: [config],
        },
      ],
    });
  },
};

const stack = build({ ...minimal, components: [mailer] });
const named = (kind: string): string =>
  stack.manifests
    .map(({ object }) => titleOf(object))
    .find((one) => one.startsWith(kind) && one.includes('mailer'))!;
const map = named('ConfigMap');
const deployment = named('Deployment');

const faultsOf = (title: string, change: (object: Mutable) => unknown) =>
  configuration.run(changed(stack, title, change)).map(({ place, fault }) => [place.path, fault]);

test('a component with the files that it declares has no findings', () => {
  expect(configuration.run(inputOf(stack))).toEqual([]);
});

test.each<[string, (data: Record<string, string>) => unknown, [string, string]]>([
  [
    'an unknown option',
    (data) => (data['main.yaml'] += 'intervall: 3\n'),
    ['main.yaml: intervall', 'unknown-option'],
  ],
  [
    'a wrong value in a listed file',
    (data) => (data['inbox.json'] = '{"to":"inbox"}'),
    ['inbox.json: to', 'invalid-value'],
  ],
  [
    'a text that is not JSON',
    (data) => (data['inbox.json'] = '{"to":'),
    ['inbox.json', 'unreadable-file'],
  ],
  [
    'a file that the component does not read',
    (data) => (data['main.toml'] = ''),
    ['main.toml', 'unknown-file'],
  ],
  [
    'a file that the component does not list',
    (data) => (data['main.yaml'] = data['main.yaml']!.replace('*.json', 'out*.json')),
    ['inbox.json', 'unlisted-file'],
  ],
])('%s is reported in the ConfigMap of a component', (_, change, expected) => {
  expect(faultsOf(map, ({ data }) => change(data))).toEqual([expected]);
});

const container = 'spec.template.spec.containers[0]';
test.each<[string, (pod: Mutable) => unknown, [string, string][]]>([
  [
    'has another path',
    ({ containers }) => (containers[0].volumeMounts[0].mountPath = '/etc/mail'),
    [
      [`${container}.volumeMounts`, 'misplaced-file'],
      ['inbox.json', 'unlisted-file'],
    ],
  ],
  [
    'is not mounted',
    ({ containers }) => delete containers[0].volumeMounts,
    [
      ['inbox.json', 'unmounted-file'],
      ['main.yaml', 'unmounted-file'],
    ],
  ],
])('a folder of files that %s is reported', (_, change, expected) => {
  const found = faultsOf(deployment, ({ spec }) => change(spec.template.spec));
  expect(found).toEqual(expect.arrayContaining(expected));
});

test('a ConfigMap without files is reported', () => {
  expect(faultsOf(map, (object) => delete object.data)).toEqual([
    [`${container}.volumeMounts`, 'missing-file'],
  ]);
});

test('a ConfigMap without a declared file is reported', () => {
  expect(faultsOf(map, ({ data }) => delete data['main.yaml'])).toEqual([
    [`${container}.volumeMounts`, 'missing-file'],
  ]);
});

test('a renamed key is found, without the files that the renamed file lists', () => {
  const found = faultsOf(map, ({ data }) => {
    data['main.yml'] = data['main.yaml'];
    delete data['main.yaml'];
  });
  expect(found).toEqual([
    ['main.yml', 'unknown-file'],
    [`${container}.volumeMounts`, 'missing-file'],
  ]);
});

test('files that the process reads only at its start need the restart annotation', () => {
  expect(faultsOf(deployment, ({ spec }) => delete spec.template.metadata.annotations)).toEqual([
    ["spec.template.metadata.annotations['crowsnest/restart-on']", 'no-restart'],
  ]);
});

test('a file that subPath mounts is found: its process would never see a change', () => {
  const mounted = (subPath: string) =>
    faultsOf(deployment, ({ spec }) => {
      spec.template.spec.containers[0].volumeMounts = [
        { name: 'config', mountPath: '/etc/mailer/main.yaml', subPath },
        { name: 'config', mountPath: '/etc/mailer/inbox.json', subPath: 'inbox.json' },
      ];
    });
  expect(mounted('main.yaml')).toEqual([[`${container}.volumeMounts[0].subPath`, 'frozen-file']]);
  expect(mounted('man.yaml')).toContainEqual(['main.yaml', 'unmounted-file']);
});

test('a file that comes from another volume is not missing', () => {
  const found = faultsOf(deployment, ({ spec }) => {
    spec.template.spec.volumes[0] = { name: 'config', secret: { secretName: 'mailer' } };
  });
  expect(found.map(([, fault]) => fault)).not.toContain('missing-file');
});
