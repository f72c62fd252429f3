/**
 * Writes src/components/kube-state-metrics/supported.ts: the resources that kube-state-metrics supports, with their API
 * groups and the labels of their metrics, from the documentation and the ClusterRole in its Go module. Run it again for
 * a new release: `npx tsx tools/supported.ts`.
 *
 * Needs `go` on the path: the module proxy checks the sum of the module.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { watchedResources } from '../src/components/kube-state-metrics/resource.js';

const output = join(import.meta.dirname, '../src/components/kube-state-metrics/supported.ts');
const [at = '', version = ''] = execFileSync(
  'go',
  [
    ...['list', '-C', join(import.meta.dirname, '../test/engines/kube-state-metrics')],
    ...['-m', '-f', '{{.Dir}} {{.Version}}', 'k8s.io/kube-state-metrics/v2'],
  ],
  { encoding: 'utf8' },
)
  .trim()
  .split(' ');

interface Role {
  readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[] }[];
}

const role = load(readFileSync(join(at, 'examples/standard/cluster-role.yaml'), 'utf8')) as Role;
const groups = new Map(
  role.rules.flatMap(({ apiGroups: [group = ''], resources }) =>
    resources.map((resource) => [resource, group] as const),
  ),
);
const watched = watchedResources.map(({ resource }) => resource);

/** The metrics of a page, which are rows of its tables, with the names of their labels. */
const metricsOf = (page: string): [name: string, labels: string[]][] =>
  [...page.matchAll(/^\| *`?(kube_\w+)`? *\| *Gauge *\|(.*)$/gm)].map(
    ([, name = '', rest = '']) => {
      const labels = [...rest.matchAll(/`(\w+)`\s*=/g)].map(([, label = '']) => label);
      // A placeholder of the labels and annotations that the options name.
      const own = labels.filter((label) => !/^(label|annotations?)_[A-Z_]+$/.test(label));
      return [name, [...new Set(own)].sort()];
    },
  );

const resourceOf = (name: string): string | undefined =>
  [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')].find((one) => groups.has(one));

const folder = join(at, 'docs/metrics');
const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .flatMap((file) => {
    const [, name = ''] = /(?:^|\/)(\w+)-metrics\.md$/.exec(file) ?? [];
    const resource = resourceOf(name);
    if (resource === undefined) return [];
    const metrics = metricsOf(readFileSync(join(folder, file), 'utf8'))
      .filter(([one]) => !watched.includes(resource) || /_(labels|annotations)$/.test(one))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const apiGroup = groups.get(resource);
    return [[resource, { apiGroup, metrics: Object.fromEntries(metrics) }] as const];
  })
  .sort(([a], [b]) => (a < b ? -1 : 1));

// The head of the file, with its types, is kept.
const [head = ''] = readFileSync(output, 'utf8').split('export const supportedResources');
writeFileSync(
  output,
  `${head.replace(/tree\/v[\d.]+\//, `tree/${version}/`)}export const supportedResources = ${JSON.stringify(Object.fromEntries(entries))} as const satisfies Readonly<Record<string, SupportedResource>>;\n`,
);
execFileSync('npx', ['biome', 'check', '--write', output]);
