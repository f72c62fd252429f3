import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { fileKinds } from '../../src/checks/configuration/file.js';
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

/** A file of ours, and how its real reader is asked about it. */
interface Reader {
  /** Whose file it is. */
  readonly of: string;
  readonly objects: readonly KubernetesObject[];
  readonly component: string;
  readonly key: string;
  readonly binary: string;
  readonly args: (file: string) => string[];
  /** Damages at so many places; a start of some tools takes long. */
  readonly places: number;
}

const production = { of: 'production', objects: shipped('production') };

// A Prometheus that was built without discovery by name does not know its field.
const byName = { scrape_configs: [{ job_name: 'a', dns_sd_configs: [] }] };
const knowsNames = await engineBinary('promtool').then(
  (promtool) => accepts(promtool, ['check', 'config', '--syntax-only'], stringify(byName)),
  () => false,
);
const own = {
  of: 'the words of the engines',
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
  key: 'prometheus.yml',
  binary: 'promtool',
  // The files that it names are those of a container.
  args: (file: string) => ['check', 'config', '--syntax-only', file],
};

const amtool = {
  component: 'alertmanager',
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
    key: 'config.yml',
    binary: 'blackbox_exporter',
    args: (file) => ['--config.check', `--config.file=${file}`],
    places: 40,
  },
  {
    ...production,
    component: 'jaeger',
    key: 'config.yaml',
    binary: 'jaeger',
    args: (file) => ['validate', `--config=file:${file}`],
    places: 16,
  },
];

/** A file that somebody damaged. */
interface Damaged {
  readonly how: string;
  readonly where: string;
  readonly tree: unknown;
}

const duration = /^\d+(ms|s|m|h|d)$/;

const damagesOf = (tree: unknown): Damaged[] =>
  sitesIn(tree).flatMap((site) => {
    const { path, key, value } = site;
    const damaged = (how: string, made: unknown): Damaged => ({
      how,
      where: path.join('.'),
      tree: made,
    });
    return [
      ...(typeof key === 'string'
        ? [damaged('misspelt key', rename(tree, path, misspell(key)))]
        : []),
      damaged('wrong type', put(tree, path, otherType(site))),
      damaged('missing', put(tree, path, undefined)),
      ...(typeof value === 'string' && duration.test(value)
        ? [damaged('bad duration', put(tree, path, value.replace(/\D+$/, ' parsecs')))]
        : []),
      ...(key === 'regex' ? [damaged('bad regular expression', put(tree, path, `${value}(`))] : []),
      ...(isReference(site)
        ? [damaged('missing reference', put(tree, path, misspell(String(value))))]
        : []),
    ];
  });

/** What a tool refuses and another check than `configuration` finds. */
const foundElsewhere: readonly { how: string; where: RegExp; by: string }[] = [
  {
    how: 'missing',
    where: /^scrape_configs\.\d+\.relabel_configs(\.\d+(\.replacement)?)?$/,
    by: 'endpoints simulates relabelling, and finds targets whose address is none',
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
  '$key of $component in $of, damaged,',
  ({ of, objects, component, key, binary, args, places }) => {
    const name = `crowsnest-${component}-config`;
    const text: string = find(objects, 'ConfigMap', name).data[key];
    const kind = fileKinds.find((one) => one.component === component && one.key.test(key))!;
    const weRefuse = (one: string): boolean => {
      try {
        return !kind.schema.safeParse(kind.read(one)).success;
      } catch {
        return true;
      }
    };
    const toolRefuses = async (one: string, number: number): Promise<boolean> => {
      const file = join(folder, `${component}-${number}.yaml`);
      writeFileSync(file, one);
      return run(await engineBinary(binary), args(file), { timeout: 60_000 }).then(
        () => false,
        () => true,
      );
    };

    it(`is accepted whole by ${binary} and by us`, async ({ annotate }) => {
      if (objects === own.objects && component === 'prometheus' && !knowsNames) {
        await annotate('dns_sd_configs: this promtool was built without it', 'not shown');
      }
      expect(weRefuse(text)).toBe(false);
      expect(await toolRefuses(text, 0)).toBe(false);
    });

    it(`is refused by us wherever ${binary} refuses it`, async ({ annotate }) => {
      const all = damagesOf(parse(text));
      const every = Math.max(1, Math.floor(all.length / places));
      const taken = all.filter((_, index) => index % every === 0);
      const verdicts: { one: Damaged; tool: boolean; ours: boolean }[] = [];
      for (const [index, one] of taken.entries()) {
        const damaged = stringify(one.tree);
        const tool = await toolRefuses(damaged, index + 1);
        verdicts.push({ one, tool, ours: weRefuse(damaged) });
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
        `${key} of ${component} in ${of}, damaged at ${taken.length} of ${all.length} places: both refuse ${count(true, true)}, ${binary} alone ${count(true, false)}, we alone ${count(false, true)} (${ways.join(', ')}), neither ${count(false, false)}`,
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
