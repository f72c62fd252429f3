import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Layer {
  /** Folders in `src` that the layer may import, in addition to itself. */
  readonly imports: readonly string[];
  /** @default - any package */
  readonly packages?: readonly string[];
  /** Packages from which it may import only types. @default - only `packages` */
  readonly types?: readonly string[];
}

const lower = ['schema', 'config', 'derive', 'kubernetes'];
const everything = [
  'model',
  'cluster',
  ...lower,
  'catalogues',
  'promql',
  'logql',
  'content',
  'applications',
  'components',
  'parties',
  'checks',
  'environment',
  'images',
  'output',
  'registry',
  'diff',
];

/** The imports that each folder may have: folders depend in one direction. */
const layers: Readonly<Record<string, Layer>> = {
  'src/model': {
    imports: [],
    packages: ['fastest-levenshtein', 'js-yaml', 'yaml'],
    types: ['@grafana/grafana-foundation-sdk', 'cdk8s', 'constructs', 'zod'],
  },
  'src/schema': { imports: ['model', 'promql'], packages: ['ipaddr.js', 'node:net', 'zod'] },
  'src/catalogues': { imports: ['model'], packages: ['fastest-levenshtein', 'node:fs'] },
  'src/promql': {
    imports: ['model'],
    packages: ['@prometheus-io/lezer-promql'],
  },
  'src/logql': {
    imports: ['model', 'promql', 'schema'],
    packages: ['@grafana/lezer-logql', 'node:module'],
  },
  'src/config': { imports: ['model', 'schema', 'promql'] },
  'src/cluster': {
    imports: ['model', 'config'],
    packages: ['ipaddr.js', 'node:http', 'node:https', 'node:path'],
    types: ['@kubernetes/client-node'],
  },
  'src/derive': {
    imports: ['model', 'schema', 'catalogues', 'promql'],
    packages: ['fastest-levenshtein', 'ipaddr.js'],
  },
  'src/kubernetes': { imports: ['model'] },
  'src/content': { imports: ['model', 'schema', 'config', 'promql', 'logql'] },
  'src/applications': {
    imports: ['model', 'schema', 'config', 'promql', 'kubernetes', 'content', 'components'],
  },
  'src/parties': { imports: ['model', 'config'], packages: [] },
  'src/components': {
    imports: [
      'model',
      'schema',
      'catalogues',
      'config',
      'promql',
      'logql',
      'kubernetes',
      'content',
    ],
  },
  // An environment has the options of all components.
  'src/environment': { imports: ['model', 'config', 'schema', 'components', 'applications'] },
  'src/checks': { imports: ['model', 'schema', 'catalogues', 'promql', 'logql'] },
  // The README has facts of the environment, and facts derived from it.
  'src/output': {
    imports: [
      'model',
      'schema',
      'config',
      'environment',
      'derive',
      'kubernetes',
      'content',
      'applications',
    ],
  },
  'src/registry': { imports: ['model'] },
  'src/images': { imports: ['model', 'config'] },
  'src/diff': { imports: ['model', 'output'], packages: [] },
  // The commands, which the project above uses nowhere.
  'src/cli': { imports: [...everything, ''] },
  src: { imports: everything },
};

interface Import {
  readonly from: string;
  /** A file of the repository, or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  /** Removed by the compiler; `import { type A }` is not. */
  readonly typeOnly: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?from\s+)?'([^']+)'/gm;
const dynamic = /\bimport\(\s*()['"`]([^'"`]+)['"`]/g;

const importsOf = (from: string, text: string): Import[] =>
  [...text.matchAll(statement), ...text.matchAll(dynamic)].map(([, type, target = '']) => {
    const ours = target.startsWith('.');
    return {
      from,
      to: ours ? join(dirname(from), target).replace(/\.js$/, '.ts') : packageOf(target),
      ours,
      typeOnly: Boolean(type),
    };
  });

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

/** The layer of a file: the longest matching path. */
const layerOf = (file: string): string =>
  /^src\/[^/]+\//.test(file) ? file.split('/').slice(0, 2).join('/') : (file.split('/')[0] ?? '');

const isAllowed = ({ from, to, ours, typeOnly }: Import): boolean => {
  const layer = layers[layerOf(from)];
  if (!layer) return false;
  if (ours) {
    const target = layerOf(to);
    return target === layerOf(from) || layer.imports.some((name) => join('src', name) === target);
  }
  const { packages, types = [] } = layer;
  return !packages || packages.includes(to) || (typeOnly && types.includes(to));
};

/** Groups of files that import each other, directly or indirectly. */
const cyclesIn = (imports: readonly Import[]): string[][] => {
  const next = new Map<string, string[]>();
  for (const { from, to, ours } of imports) {
    if (ours) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const reachable = (start: string): Set<string> => {
    const found = new Set<string>();
    const queue = [...(next.get(start) ?? [])];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (found.has(file)) continue;
      found.add(file);
      queue.push(...(next.get(file) ?? []));
    }
    return found;
  };
  const from = new Map([...next.keys()].map((file) => [file, reachable(file)]));
  const groups = [...from]
    .filter(([file, found]) => found.has(file))
    .map(([file, found]) =>
      [...found]
        .filter((one) => from.get(one)?.has(file))
        .sort()
        .join(' '),
    );
  return [...new Set(groups)].sort().map((group) => group.split(' '));
};

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name))
  .sort();
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

describe('the sources', () => {
  test('are in a folder with a layer', () => {
    expect(files.filter((file) => !(layerOf(file) in layers))).toEqual([]);
    expect(new Set(files.map(layerOf))).toEqual(new Set(Object.keys(layers)));
  });

  test('import only existing files', () => {
    expect(imports.filter(({ to, ours }) => ours && !files.includes(to))).toEqual([]);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  test.each(Object.keys(layers))('in %s have only allowed imports', (layer) => {
    const crossings = imports
      .filter((one) => layerOf(one.from) === layer && !isAllowed(one))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(crossings).toEqual([]);
  });

  test('have no import cycles, including imports of types', () => {
    expect(cyclesIn(imports)).toEqual([]);
  });
});

describe('the checks', () => {
  // The folder of the check, for a file in `src/checks/<domain>/<check>/`.
  const helperFolder = /^src\/checks\/(?!support\/)[^/]+\/[^/]+\//;

  test('import no helpers of another check', () => {
    const borrowed = imports
      .filter(({ from }) => from.startsWith('src/checks/'))
      .flatMap(({ from, to }) => {
        const [folder] = helperFolder.exec(to) ?? [];
        return folder && !from.replace(/\.ts$/, '/').startsWith(folder) ? folder : [];
      });
    expect([...new Set(borrowed)]).toEqual([]);
  });
});

describe('an import', () => {
  const from = (file: string, text: string) => importsOf(file, text);

  test.each([
    ["import { a } from '../model/a.js';", 'src/model/a.ts', false],
    ["import type { A } from '../model/a.js';", 'src/model/a.ts', true],
    ["import { type A } from '../model/a.js';", 'src/model/a.ts', false],
    ["import {\n  a,\n  b,\n} from '../model/a.js';", 'src/model/a.ts', false],
    ["import a from '../model/a.js';", 'src/model/a.ts', false],
    ["import '../model/a.js';", 'src/model/a.ts', false],
    ["export { a } from '../model/a.js';", 'src/model/a.ts', false],
    ["export type * from '../model/a.js';", 'src/model/a.ts', true],
    ["const a = await import('../model/a.js');", 'src/model/a.ts', false],
    ["import { k8s } from 'cdk8s-plus-28/lib/k8s.js';", 'cdk8s-plus-28', false],
    ["import type { A } from '@grafana/sdk/common';", '@grafana/sdk', true],
  ])('is found: %j', (text, to, typeOnly) => {
    expect(from('src/derive/b.ts', text)).toMatchObject([{ to, typeOnly }]);
  });

  test.each([
    ['src/model/a.ts', "import { a } from '../config/a.js';"],
    ['src/model/a.ts', "import { Construct } from 'constructs';"],
    ['src/model/a.ts', "import { z } from 'zod';"],
    ['src/derive/a.ts', "import type { A } from '../components/grafana/grafana.js';"],
    ['src/derive/a.ts', "import { a } from '../config/a.js';"],
    ['src/kubernetes/a.ts', "import { a } from '../derive/a.js';"],
    ['src/components/a.ts', "import { a } from '../derive/a.js';"],
    ['src/components/a/b.ts', "import { a } from '../../stack.js';"],
    ['src/parties/a.ts', "import { a } from '../kubernetes/a.js';"],
    ['src/checks/a/b.ts', "import { a } from '../../derive/a.js';"],
    ['src/config/a.ts', "import { a } from '../../test/a.js';"],
  ])('is rejected in %s: %s', (file, text) => {
    expect(from(file, text).map(isAllowed)).toEqual([false]);
  });

  test.each([
    ['src/model/a.ts', "import type { Construct } from 'constructs';"],
    ['src/checks/a.ts', "import { a } from './schema/a.js';"],
    ['src/stack.ts', "import { a } from './derive/a.js';"],
    ['src/index.ts', "export { a } from './synthesize.js';"],
  ])('is allowed in %s: %s', (file, text) => {
    expect(from(file, text).map(isAllowed)).toEqual([true]);
  });

  test('leads into a cycle of any length', () => {
    const round = [
      ...from('src/model/a.ts', "import './b.js';"),
      ...from('src/model/b.ts', "import './c.js';"),
      ...from('src/model/c.ts', "import './b.js';\nimport './d.js';"),
    ];
    expect(cyclesIn(round)).toEqual([['src/model/b.ts', 'src/model/c.ts']]);
  });
});
