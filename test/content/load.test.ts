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

/** Writes files below a folder of their own and names it. */
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

describe('what is loaded', () => {
  test('a dashboard is JSON under the name of its file, which is its uid', async () => {
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

  test('it is known where it was made, by whom, and on which line a text stands', async () => {
    const own = folderOf('own', { 'dashboards/carts.ts': `\n${dashboard('Carts')}` });
    const { content } = await loadContent([folderOf('shipped', {}), own]);
    const { file, shipped, lineOf } = content.sources['dashboards/carts']!;
    expect(file).toMatch(/own\/dashboards\/carts\.ts$/);
    expect([shipped, lineOf('Carts'), lineOf('nowhere')]).toEqual([false, 3, undefined]);
  });

  test('a group of alerts is the very value that its file exports', async () => {
    const own = folderOf('own', carts);
    const { content, findings } = await loadContent([own]);
    expect(findings).toEqual([]);
    const { default: group } = await import(join(own, 'alerts/carts.ts'));
    expect(content.alerts.carts).toBe(group);
  });

  test('several folders follow each other, each in the order of the names of its files', async () => {
    const a = folderOf('a', {
      'dashboards/z.ts': dashboard('Z'),
      'dashboards/b.ts': dashboard('B'),
    });
    const b = folderOf('b', { 'dashboards/c.js': dashboard('C') });
    expect(Object.keys((await loadContent([a, b])).content.dashboards)).toEqual(['b', 'z', 'c']);
  });

  test.each(['alerts/carts.test.ts', 'alerts/carts.d.ts'])('%s is no content', async (file) => {
    expect(await loadContent([folderOf('own', { [file]: 'nonsense' })])).toEqual({
      content: { dashboards: {}, alerts: {}, sources: {} },
      findings: [],
    });
  });

  test('a folder without dashboards and alerts is an empty one', async () => {
    expect(await errors(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('what cannot be loaded', () => {
  test('a file without a default export is named', async () => {
    const own = folderOf('own', { 'dashboards/carts.ts': 'export const carts = {};' });
    expect(await errors(own)).toEqual([
      {
        check: 'content',
        severity: 'error',
        place: { file: placeOf('own', 'dashboards', 'carts.ts') },
        message: 'The file has no default export.',
        remedy: 'Export what it defines: export default …',
      },
    ]);
  });

  test.each([
    ['dashboards/carts.ts', "'text'", undefined],
    ['dashboards/carts.ts', "{ title: 'Carts' }", 'folder'],
    ['alerts/carts.ts', '{}', 'needs'],
    ['alerts/carts.ts', '{ needs: [], thresholds: {}, rules: [] }', 'rules'],
  ])('%s that exports %s is refused at the path', async (file, value, path) => {
    const own = folderOf('own', { [file]: `export default ${value};` });
    const [finding] = await errors(own);
    expect(finding).toMatchObject({ check: 'content', severity: 'error' });
    expect(finding?.place).toEqual({ file: placeOf('own', file), ...(path && { path }) });
  });

  test('a file that throws is named together with the line', async () => {
    const own = folderOf('own', { 'alerts/carts.ts': '\nthrow new Error("no carts");\n' });
    expect(await errors(own)).toMatchObject([
      {
        place: { file: placeOf('own', 'alerts', 'carts.ts'), line: 2 },
        message: 'The file cannot be loaded: no carts',
      },
    ]);
  });

  test('the files beside one that cannot be loaded are loaded', async () => {
    const own = folderOf('own', {
      'dashboards/broken.ts': 'throw 1;',
      'dashboards/carts.ts': dashboard('Carts'),
    });
    const { content, findings } = await loadContent([own]);
    expect([Object.keys(content.dashboards), findings.length]).toEqual([['carts'], 1]);
  });

  test('files of one name in two folders are refused, each after the first', async () => {
    const carts = { 'dashboards/carts.ts': dashboard('Carts') };
    expect(await errors(folderOf('a', carts), folderOf('b', carts))).toEqual([
      {
        check: 'content',
        severity: 'error',
        place: { file: placeOf('b', 'dashboards', 'carts.ts') },
        message: `${placeOf('a', 'dashboards', 'carts.ts')} has the same name.`,
        value: 'carts',
        remedy: 'Rename one of them: the name of the file is the name of what it defines.',
      },
    ]);
  });

  test.each([
    ['Shop & Co', 'Shop - Co', "The folder 'Shop & Co' has the same name"],
    ['Shop', '***', 'has no letter of a to z and no digit'],
  ])('of the folders %s and %s the second is refused', async (first, second, message) => {
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

  test('a dashboard and a group of alerts may have one name', async () => {
    const own = folderOf('own', {
      'dashboards/carts.ts': dashboard('Carts'),
      ...carts,
    });
    expect(await errors(own)).toEqual([]);
  });

  // As a synthesis does it: what a syntax error says depends on who reads the file.
  test('a file with a syntax error is named together with the line', () => {
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
