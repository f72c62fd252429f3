import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const variants = fileURLToPath(new URL('variants', import.meta.url));
const copied = [
  'package.json',
  'package-lock.json',
  'bin',
  'scripts',
  'src',
  'environments',
  'dashboards',
  'alerts',
  'dist',
];

/** A source file of a clone, and a change of its text. */
interface Variant {
  readonly file: string;
  readonly change: (text: string) => string;
}

const replaceBy = (name: string) => (): string => readFileSync(join(variants, name), 'utf8');

const lessChecks = [
  'buckets',
  'dashboard-units',
  'matching',
  'ranges',
  'scrape-intervals',
  'scrapes',
  'values',
];

/** Changes of the sources that are measured. */
export const sourceVariants = {
  'nothing memoized': { file: 'src/model/memoize.ts', change: replaceBy('nothing-memoized.ts') },
  'YAML by a library': { file: 'src/model/yaml.ts', change: replaceBy('yaml-by-library.ts') },
  /** What these checks cost: those of operators, buckets, ranges, values, units and scrapes. */
  'seven checks less': {
    file: 'src/load-checks.ts',
    change: (text: string) =>
      text.replace(
        'Object.entries(checks).map(',
        `Object.entries(checks).filter(([name]) => !${JSON.stringify(lessChecks)}.includes(name)).map(`,
      ),
  },
  /** Prints the duration of each check. */
  'timed checks': {
    file: 'src/run-checks.ts',
    change: (text: string) =>
      `${replaceBy('timed.ts')()}\n${text.replace(/check\.run\(input\)(?=\.map)/, 'timed(name, () => check.run(input))')}`,
  },
} satisfies Record<string, Variant>;

/** A temporary copy of this repository, which shares its packages. */
export const makeClone = (variant?: keyof typeof sourceVariants): string => {
  const clone = mkdtempSync(join(tmpdir(), 'crowsnest-bench-'));
  for (const path of copied) cpSync(join(root, path), join(clone, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  if (variant) {
    const { file, change } = sourceVariants[variant];
    const path = join(clone, file);
    const text = readFileSync(path, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`${variant} changes nothing in ${file}.`);
    writeFileSync(path, changed);
  }
  clones.push(clone);
  return clone;
};

const clones: string[] = [];

/** Bytes of the manifests from the synth of a clone. */
export const manifestBytes = (clone: string): number => {
  const out = join(clone, 'dist');
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .reduce((sum, file) => sum + readFileSync(join(out, file)).length, 0);
};

process.on('exit', () => {
  for (const clone of clones) rmSync(clone, { recursive: true });
});
