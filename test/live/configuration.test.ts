import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { configFile as alertmanager } from '../../src/components/alertmanager/file.js';
import { configFile as blackboxExporter } from '../../src/components/blackbox-exporter/file.js';
import { configFile as jaeger } from '../../src/components/jaeger/file.js';
import { configFile as prometheus } from '../../src/components/prometheus/file.js';
import type { ConfigFile } from '../../src/model/file.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { raw } from '../checks/raw.js';
import { engineBinary } from '../engines/installation.js';
import { build } from '../environment.js';
import { misspell, put, rename, type Site, sitesIn } from '../mutation/place.js';
import { find, shipped } from './shipped.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function accepts(tool: string, args: readonly string[], text: string): Promise<boolean> {
  const file = join(folder, 'asked.yaml');
  writeFileSync(file, text);
  return run(tool, [...args, file], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

/** A file, and how to run its real parser. */
interface Reader {
  /** The component of the file. */
  readonly of: string;
  readonly objects: readonly KubernetesObject[];
  readonly component: string;
  readonly file: ConfigFile;
  readonly key: string;
  readonly binary: string;
  readonly args: (file: string) => string[];
  /** Mutates this number of places; the start of some tools takes long. */
  readonly places: number;
}

const production = { of: 'production', objects: shipped('production') };

// A Prometheus that was built without DNS discovery does not know its field.
const byName = { scrape_configs: [{ job_name: 'a', dns_sd_configs: [] }] };
const knowsNames = await engineBinary('promtool').then(
  (promtool) => accepts(promtool, ['check', 'config', '--syntax-only'], stringify(byName)),
  () => false,
);
const own = {
  of: 'an environment with native configuration',
  objects: build({
    ...raw,
    prometheus: {
      scrapeConfigs: raw.prometheus.scrapeConfigs.filter(
        ({ config }) => knowsNames || config.dns_sd_configs === undefined,
      ),
    },
  }).manifests.map(({ object }) => object),
};

const promtool = {
  component: 'prometheus',
  file: prometheus,
  key: 'prometheus.yml',
  binary: 'promtool',
  // The files in its configuration are those of a container.
  args: (file: string) => ['check', 'config', '--syntax-only', file],
};

const amtool = {
  component: 'alertmanager',
  file: alertmanager,
  key: 'alertmanager.yml',
  binary: 'amtool',
  args: (file: string) => ['check-config', file],
};

const readers: Reader[] = [
  { ...production, ...promtool, places: 40 },
  { ...own, ...promtool, places: 250 },
  { ...production, ...amtool, places: 40 },
  { ...own, ...amtool, places: 200 },
  {
    ...production,
    component: 'blackbox-exporter',
    file: blackboxExporter,
    key: 'config.yml',
    binary: 'blackbox_exporter',
    args: (file) => ['--config.check', `--config.file=${file}`],
    places: 40,
  },
  {
    ...production,
    component: 'jaeger',
    file: jaeger,
    key: 'config.yaml',
    binary: 'jaeger',
    args: (file) => ['validate', `--config=file:${file}`],
    places: 16,
  },
];

/** A mutated file. */
interface Mutant {
  readonly how: string;
  readonly where: string;
  readonly tree: unknown;
}

const duration = /^\d+(ms|s|m|h|d)$/;

const mutantsOf = (tree: unknown): Mutant[] =>
  sitesIn(tree).flatMap((site) => {
    const { path, key, value } = site;
    const mutant = (how: string, made: unknown): Mutant => ({
      how,
      where: path.join('.'),
      tree: made,
    });
    return [
      ...(typeof key === 'string'
        ? [mutant('misspelt key', rename(tree, path, misspell(key)))]
        : []),
      mutant('wrong type', put(tree, path, otherType(site))),
      mutant('missing', put(tree, path, undefined)),
      ...(typeof value === 'string' && duration.test(value)
        ? [mutant('bad duration', put(tree, path, value.replace(/\D+$/, ' parsecs')))]
        : []),
      ...(key === 'regex' ? [mutant('bad regular expression', put(tree, path, `${value}(`))] : []),
      ...(isReference(site)
        ? [mutant('missing reference', put(tree, path, misspell(String(value))))]
        : []),
    ];
  });

/** Mutations that a tool rejects, and another check than `configuration` reports. */
const foundElsewhere: readonly { how: string; where: RegExp; by: string }[] = [
  {
    how: 'missing',
    where: /^scrape_configs\.\d+\.relabel_configs(\.\d+(\.replacement)?)?$/,
    by: 'endpoints simulates relabelling, and reports targets with an invalid address',
  },
];

const otherType = ({ value }: Site): unknown =>
  typeof value === 'object' ? 'text' : { of: value };

const isReference = ({ path, key, value }: Site): boolean =>
  typeof value === 'string' &&
  (key === 'receiver' ||
    key === 'trace_storage' ||
    (path.includes('storage') && ['traces', 'metrics'].includes(`${key}`)) ||
    ['receivers', 'processors', 'exporters', 'extensions'].includes(`${path.at(-2)}`));

describe.each(readers)(
  '$key of $component in $of, mutated,',
  ({ of, objects, component, file, key, binary, args, places }) => {
    const name = `crowsnest-${component}-config`;
    const text: string = find(objects, 'ConfigMap', name).data[key];
    const weRefuse = (one: string): boolean => {
      try {
        return !file.schema.safeParse(file.format.read(one)).success;
      } catch {
        return true;
      }
    };
    const toolRefuses = async (one: string, number: number): Promise<boolean> => {
      const path = join(folder, `${component}-${number}.yaml`);
      writeFileSync(path, one);
      return run(await engineBinary(binary), args(path), { timeout: 60_000 }).then(
        () => false,
        () => true,
      );
    };

    it(`is accepted without mutations by ${binary} and by us`, async ({ annotate }) => {
      if (objects === own.objects && component === 'prometheus' && !knowsNames) {
        await annotate('dns_sd_configs: this promtool was built without it', 'not shown');
      }
      expect(weRefuse(text)).toBe(false);
      expect(await toolRefuses(text, 0)).toBe(false);
    });

    it(`is rejected by us if ${binary} rejects it`, async ({ annotate }) => {
      const all = mutantsOf(parse(text));
      const every = Math.max(1, Math.floor(all.length / places));
      const taken = all.filter((_, index) => index % every === 0);
      const verdicts: { one: Mutant; tool: boolean; ours: boolean }[] = [];
      for (const [index, one] of taken.entries()) {
        const mutant = stringify(one.tree);
        const tool = await toolRefuses(mutant, index + 1);
        verdicts.push({ one, tool, ours: weRefuse(mutant) });
      }
      const count = (tool: boolean, ours: boolean): number =>
        verdicts.filter((verdict) => verdict.tool === tool && verdict.ours === ours).length;
      const misses = verdicts.filter(({ tool, ours }) => tool && !ours).map(({ one }) => one);
      const explained = foundElsewhere.filter(({ how, where }) =>
        misses.some((one) => one.how === how && where.test(one.where)),
      );
      const stricter = verdicts.filter(({ tool, ours }) => !tool && ours);
      const ways = [...new Set(stricter.map(({ one }) => one.how))].map(
        (how) => `${how} ${stricter.filter(({ one }) => one.how === how).length}`,
      );
      await annotate(
        `${key} of ${component} in ${of}, mutated at ${taken.length} of ${all.length} places: both reject ${count(true, true)}, only ${binary} ${count(true, false)}, only we ${count(false, true)} (${ways.join(', ')}), neither ${count(false, false)}`,
        'figure',
      );
      for (const { how, by } of explained) await annotate(`${how}: ${by}`, 'figure');
      const unexplained = misses.filter(
        (one) => !explained.some(({ how, where }) => one.how === how && where.test(one.where)),
      );
      expect(unexplained.map(({ how, where }) => `${how} ${where}`)).toEqual([]);
      expect(count(true, true)).toBeGreaterThan(0);
    });
  },
);
