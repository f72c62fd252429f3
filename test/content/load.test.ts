import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';

const load = new URL('../../src/content/load.ts', import.meta.url).href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files into a new folder, and returns its path. */
const folderOf = (name: string, files: Readonly<Record<string, string>>): string => {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(folder, name);
};

const placeOf = (...path: string[]): string => relative(process.cwd(), join(folder, ...path));

const errors = async (...folders: string[]) => (await loadContent(folders)).findings;

const module = new URL('../../src/content/grafana.ts', import.meta.url).href;
const dashboard = (title: string): string => `import { dashboard } from '${module}';
export default dashboard({ title: '${title}', description: 'd', folder: 'Shop', rows: [] });`;
const alertGroup = new URL('../../src/content/alert-group.ts', import.meta.url).href;
const groupOf = (alerts: string): string =>
  `import { alertGroup } from '${alertGroup}';
export default alertGroup({
  needs: ['checkout'],
  thresholds: { most: 3 },
  rules: ({ most }) => ({ alerts: [${alerts}] }),
});
`;
const down = `{
  alert: 'Down',
  expr: \`down > \${most}\`,
  severity: 'warning',
  summary: 'It is down.',
  description: '{{ $value }}',
}`;
const runbook = '## Down\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n';
const ruleTest = `rule_files: [carts.yaml]
tests:
  - alert_rule_test:
      - alertname: Down
        exp_alerts: [{}]
      - alertname: Down
        exp_alerts: []
`;
const carts = {
  'alerts/carts.ts': groupOf(down),
  'alerts/carts.md': runbook,
  'alerts/carts.test.yaml': ruleTest,
};

describe('loaded content', () => {
  test('has a dashboard as JSON, with its file name as the uid', async () => {
    const own = folderOf('own', { 'dashboards/carts.ts': dashboard('Carts') });
    const { content, findings } = await loadContent([own]);
    expect(findings).toEqual([]);
    const { carts } = content.dashboards;
    expect(carts).toMatchObject({ title: 'Carts', folder: 'Shop', needs: [], variables: [] });
    expect(carts!.render({ uid: 'carts', jobs: new Set(), titles: new Map() })).toMatchObject({
      uid: 'carts',
      title: 'Carts',
      panels: [],
    });
  });

  test('has the source of each dashboard, and the lines of its texts', async () => {
    const own = folderOf('own', { 'dashboards/carts.ts': `\n${dashboard('Carts')}` });
    const { content } = await loadContent([folderOf('shipped', {}), own]);
    const { file, shipped, lineOf } = content.sources['dashboards/carts']!;
    expect(file).toMatch(/own\/dashboards\/carts\.ts$/);
    expect([shipped, lineOf('Carts'), lineOf('nowhere')]).toEqual([false, 3, undefined]);
  });

  test('has the identical value that a file of alerts exports', async () => {
    const own = folderOf('own', carts);
    const { content, findings } = await loadContent([own]);
    expect(findings).toEqual([]);
    const { default: group } = await import(join(own, 'alerts/carts.ts'));
    expect(content.alerts.carts).toBe(group);
  });

  test('has the order of the folders, and of the file names in each folder', async () => {
    const a = folderOf('a', {
      'dashboards/z.ts': dashboard('Z'),
      'dashboards/b.ts': dashboard('B'),
    });
    const b = folderOf('b', { 'dashboards/c.js': dashboard('C') });
    expect(Object.keys((await loadContent([a, b])).content.dashboards)).toEqual(['b', 'z', 'c']);
  });

  test.each(['alerts/carts.test.ts', 'alerts/carts.d.ts'])('does not include %s', async (file) => {
    expect(await loadContent([folderOf('own', { [file]: 'nonsense' })])).toEqual({
      content: { dashboards: {}, alerts: {}, ruleFiles: {}, sources: {} },
      findings: [],
    });
  });

  test('is empty for a folder without dashboards and alerts', async () => {
    expect(await errors(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('a dashboard in JSON', () => {
  const json = { title: 'Shop', panels: [] };
  const loaded = async (name: string, text: string | object) => {
    const shop = folderOf('shop', {
      [`dashboards/${name}`]: typeof text === 'string' ? text : JSON.stringify(text),
    });
    const { content, findings } = await loadContent([shop]);
    return {
      titles: Object.values(content.dashboards).map(({ title }) => title),
      content,
      findings,
    };
  };

  test.each<[string, string | object]>([
    ['with a byte order mark', `\ufeff${JSON.stringify(json)}`],
    ['as the API of Grafana returns it', { meta: {}, dashboard: json }],
    ['as a resource of Grafana', { apiVersion: 'dashboard.grafana.app/v1beta1', spec: json }],
    [
      'as a resource of grafana-operator',
      { apiVersion: 'grafana.integreatly.org/v1beta1', spec: { json: JSON.stringify(json) } },
    ],
  ])('is loaded %s', async (_, text) => {
    expect(await loaded('shop.json', text)).toMatchObject({ titles: ['Shop'], findings: [] });
  });

  test.each([
    ['Node Exporter Full (1860).json', 'Node-Exporter-Full-1860'],
    [
      `${'long '.repeat(12)}.json`,
      expect.stringMatching(/^long-long-long-long-long-lo-[\da-f]{12}$/),
    ],
    ['監視.json', expect.stringMatching(/^[\da-f]{12}$/)],
  ])('has a uid that Grafana allows: %s', async (name, uid) => {
    expect(Object.keys((await loaded(name, json)).content.dashboards)).toEqual([uid]);
  });

  test('is rejected without panels', async () => {
    expect(await loaded('shop.json', { title: 'Shop' })).toMatchObject({
      titles: [],
      findings: [{ code: 'content/missing-option', place: { path: 'panels' } }],
    });
  });
});

describe('content that cannot be loaded', () => {
  test('is reported for a file without a default export', async () => {
    const own = folderOf('own', { 'dashboards/carts.ts': 'export const carts = {};' });
    expect(await errors(own)).toMatchObject([
      {
        code: 'content/no-default-export',
        severity: 'error',
        place: { file: placeOf('own', 'dashboards', 'carts.ts') },
      },
    ]);
  });

  test.each([
    ['dashboards/carts.ts', "'text'", undefined],
    ['dashboards/carts.ts', "{ title: 'Carts' }", 'folder'],
    ['alerts/carts.ts', '{}', 'needs'],
    ['alerts/carts.ts', '{ needs: [], thresholds: {}, rules: [] }', 'rules'],
  ])('is reported at the path: %s that exports %s', async (file, value, path) => {
    const own = folderOf('own', { [file]: `export default ${value};` });
    const [finding] = await errors(own);
    expect(finding).toMatchObject({
      code: expect.stringMatching(/^content\/(invalid-value|missing-option)$/),
      severity: 'error',
    });
    expect(finding?.place).toEqual({ file: placeOf('own', file), ...(path && { path }) });
  });

  test('is reported with the line for a file that throws an error', async () => {
    const own = folderOf('own', { 'alerts/carts.ts': '\nthrow new Error("no carts");\n' });
    expect(await errors(own)).toMatchObject([
      {
        place: { file: placeOf('own', 'alerts', 'carts.ts'), line: 2 },
        message: 'The file cannot be loaded: no carts',
      },
    ]);
  });

  test('does not prevent the loading of other files', async () => {
    const own = folderOf('own', {
      'dashboards/broken.ts': 'throw 1;',
      'dashboards/carts.ts': dashboard('Carts'),
    });
    const { content, findings } = await loadContent([own]);
    expect([Object.keys(content.dashboards), findings.length]).toEqual([['carts'], 1]);
  });

  test('is reported for files with the same name in two folders, except the first', async () => {
    const carts = { 'dashboards/carts.ts': dashboard('Carts') };
    expect(await errors(folderOf('a', carts), folderOf('b', carts))).toMatchObject([
      {
        code: 'content/duplicate-name',
        severity: 'error',
        place: { file: placeOf('b', 'dashboards', 'carts.ts') },
        message: `${placeOf('a', 'dashboards', 'carts.ts')} has the same name.`,
        value: 'carts',
      },
    ]);
  });

  test.each([
    ['Shop & Co', 'Shop - Co', "those of the folder 'Shop & Co'"],
    ['Shop', '***', 'has no letter a to z and no digit'],
  ])('is reported for the second of the folders %s and %s', async (first, second, message) => {
    const inFolder = (title: string) =>
      dashboard(title).replace("folder: 'Shop'", `folder: '${title}'`);
    const own = folderOf('own', {
      'dashboards/a.ts': inFolder(first),
      'dashboards/b.ts': inFolder(first).replace(/title: '[^']*'/, "title: 'Other'"),
      'dashboards/c.ts': inFolder(second),
    });
    expect(await errors(own)).toMatchObject([
      {
        severity: 'error',
        place: { file: placeOf('own', 'dashboards/c.ts'), line: 2 },
        message: expect.stringContaining(message),
        value: second,
      },
    ]);
  });

  test('does not include a dashboard and a group of alerts with the same name', async () => {
    const own = folderOf('own', {
      'dashboards/carts.ts': dashboard('Carts'),
      ...carts,
    });
    expect(await errors(own)).toEqual([]);
  });

  // In a process as in a synthesis: the message of a syntax error depends on the loader.
  test('is reported with the line for a syntax error', () => {
    const own = folderOf('own', {
      'alerts/carts.ts': "export default {\n  alerts: [] as string[],\n  title: 'Carts\n};\n",
      'dashboards/carts.ts': 'export default {\n  panels: [}\n};\n',
    });
    const script = `
      const { loadContent } = await import(${JSON.stringify(load)});
      console.log(JSON.stringify((await loadContent([${JSON.stringify(own)}])).findings));
    `;
    const flags = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const output = execFileSync(process.execPath, flags, { encoding: 'utf8' });
    expect(JSON.parse(output)).toMatchObject([
      { severity: 'error', place: { file: placeOf('own', 'dashboards', 'carts.ts'), line: 2 } },
      { severity: 'error', place: { file: placeOf('own', 'alerts', 'carts.ts'), line: 3 } },
    ]);
  });
});
