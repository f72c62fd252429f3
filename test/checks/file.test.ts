import { expect, test, vi } from 'vitest';
import { filesOfKind } from '../../src/checks/support/file.js';
import { loadChecks } from '../../src/load-checks.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { changed } from './input.js';

const stack = build(minimal, oneDashboard);
const { checks } = await loadChecks();

test('a dashboard is parsed once for all checks', () => {
  const map = stack.manifests.find(({ object }) => object.data?.['example.json'])!;
  // No other test parses this text.
  const text = `${map.object.data['example.json']} `;
  const input = changed(stack, titleOf(map.object), ({ data }) => {
    data['example.json'] = text;
  });
  const parse = vi.spyOn(JSON, 'parse');
  for (const { value } of checks) value.run(input);
  expect(parse.mock.calls.filter(([parsed]) => parsed === text)).toHaveLength(1);
  parse.mockRestore();
});

test('a file that cannot be parsed is ignored', () => {
  const input = changed(stack, 'ConfigMap crowsnest/crowsnest-prometheus-config', (map) => {
    map.data['prometheus.yml'] = '{';
  });
  expect(filesOfKind(input, 'prometheus-config')).toEqual([]);
  expect(filesOfKind(input, 'grafana-dashboard')).toMatchObject([
    { key: 'example.json', value: { uid: 'example', title: 'Shop' } },
  ]);
});
