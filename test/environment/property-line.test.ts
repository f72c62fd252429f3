import { describe, expect, test } from 'vitest';
import { exportLine, propertyImport, propertyLine } from '../../src/environment/property-line.js';

const environment = `import type { EnvironmentOptions } from '../src/index.js';
import { common } from './common.js';

// { size: 'large' } was the size before
const team = { kind: 'slack', name: 'team',
  url: { secret: 'a', key: 'b' } } as const;
const alerting = {
  receivers: [
    team,
    { kind: 'webhook', name: 'a}b', url: /[/}]/ },
  ],
};

export default {
  ...common,
  stage: 'production',
  cluster: { name: \`\${'x'}}\`, nodes: 4 / 2,
    'node.cidrs': [] },
  alerting,
  size: 'smal',
  patch: (object) => ({ ...object, size: 1 }),
  alerts: [
    without('Watchdog', { reason: 'it { is } loud' }),
    node.with({ free: 1 }),
  ],
  parties: [...common.parties, { name: 'shop' }],
  retention: days({
    metrics: 15,
  }),
  components: [
    mailer.with({
      retries: 3,
    }),
  ],
} satisfies EnvironmentOptions;
`;

describe('the line of a property', () => {
  test.each([
    ['stage', 16],
    ['size', 20],
    ['cluster.name', 17],
    ["cluster['node.cidrs']", 18],
    ['alerts[0]', 23],
    ['alerts[1].thresholds.free', 24],
    ['alerting.receivers[0].kind', 5],
    ['alerting.receivers[0].url.key', 6],
    ['alerting.receivers[1].url', 10],
    ['retention.metrics', 28],
    ['components[0].retries', 32],
  ])('of %s is the line of its name', (path, line) => {
    expect(propertyLine(environment, path)).toBe(line);
  });

  test.each([
    ['cluster.platform', 17],
    ['alerting.receivers[7]', 8],
    ['alerting.receivers[0].port', 9],
    ['parties[1].name', 26],
  ])('of %s, which is not in the file or computed, is that of its parent', (path, line) => {
    expect(propertyLine(environment, path)).toBe(line);
  });

  test('is unknown for a property of a spread, and in a file without a default export', () => {
    expect(propertyLine(environment, 'jaeger.volume')).toBeUndefined();
    expect(propertyLine("export const a = { size: 'small' };", 'size')).toBeUndefined();
  });

  test('is found in a spread of a constant, where the last one applies, and for a getter', () => {
    const spread = `const base = {
  size: 'small',
  grafana: { volume: '1Gi' },
};
const own = { ...base, stage: 'staging' };
export default {
  ...own,
  size: 'medium',
  get jaeger() { throw new Error('never'); },
  prometheus: { ...base.grafana },
};
`;
    expect(propertyLine(spread, 'grafana.volume')).toBe(3);
    expect(propertyLine(spread, 'stage')).toBe(5);
    expect(propertyLine(spread, 'size')).toBe(8);
    expect(propertyLine(spread, 'jaeger')).toBe(9);
    expect(propertyLine(spread, 'prometheus.volume')).toBe(10);
    expect(propertyLine('const a = { ...a };\nexport default { ...a };\n', 'size')).toBeUndefined();
  });

  test('is in another module if the value is its default export, or spread from it', () => {
    const importing = `import alerting from '../settings/alertmanager.js';
import prometheus from '../settings/prometheus.js';
import { named } from './named.js';
export default { alerting, prometheus: { ...prometheus, volume: '1Gi' }, grafana: named };
`;
    expect(propertyImport(importing, 'alerting.config.receivers[0].name')).toEqual({
      from: '../settings/alertmanager.js',
      path: 'config.receivers[0].name',
    });
    expect(propertyImport(importing, 'prometheus.scrapeConfigs[0].at')).toEqual({
      from: '../settings/prometheus.js',
      path: 'scrapeConfigs[0].at',
    });
    expect(propertyImport(importing, 'prometheus.volume')).toBeUndefined();
    expect(propertyImport(importing, 'grafana.volume')).toBeUndefined();
    expect(propertyLine(importing, 'alerting.config')).toBe(4);
  });

  test('is found if the export is a constant, or compiled', () => {
    const constant =
      "const one: EnvironmentOptions = {\n  size: 'smal',\n};\nexport default one;\n";
    expect(propertyLine(constant, 'size')).toBe(2);
    expect(propertyLine("export default ({\n  size: 'smal' });\n", 'size')).toBe(2);
  });
});

test.each([
  ["import a from 'a';\nexport default a({\n  size: 1,\n});\n", 2],
  ['const a = {\n  size: 1,\n};\n\nexport default a;\n', 1],
  ['export default a;\n', undefined],
  ['export const a = {};\n', undefined],
])('the line of the default export of %j is %j', (source, line) => {
  expect(exportLine(source)).toBe(line);
});
