import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { condition, statement } from '../../src/components/collector/ottl.js';
import { engineBinary } from '../engines/installation.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Examples of the documentation of the collector, of its processors and functions. */
const examples = (name: string): string[] =>
  readFileSync(resolve(import.meta.dirname, `../sample/ottl/${name}.txt`), 'utf8')
    .trim()
    .split('\n');

/** Faults of the kinds that people make: a bracket or a quote less, other quotes, a misspelt function. */
const mutations = [
  (text: string) => text.replace(/\)(?=[^)]*$)/, ''),
  (text: string) => `${text})`,
  (text: string) => text.replace('"', ''),
  (text: string) => text.replaceAll('"', "'"),
  (text: string) => text.replace(/\](?=[^\]]*$)/, ''),
  (text: string) => text.replace(/[A-Z][a-z]+(?=\w*\()/, (name) => `${name.slice(0, -1)}x`),
  (text: string) => text.replace(/^[a-z]+/, (name) => `${name}e`),
  (text: string) => text.replace(' and ', ' && '),
  (text: string) => text.replace(' where ', ' when '),
];

/** The texts that the collector rejects: each is in a processor of its own, and it names those with errors. */
const rejected = async (
  kind: string,
  signal: 'log' | 'trace',
  texts: readonly string[],
): Promise<ReadonlySet<string>> => {
  const type = kind === 'statements' ? 'transform' : 'filter';
  const named = texts.map(
    (text, index) =>
      [`${type}/n${index}`, { error_mode: 'ignore', [`${signal}_${kind}`]: [text] }] as const,
  );
  const file = join(folder, `${kind}.yaml`);
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
    processors: Object.fromEntries(named),
    exporters: { debug: {} },
    service: {
      pipelines: {
        [`${signal}s`]: {
          receivers: ['otlp'],
          processors: named.map(([name]) => name),
          exporters: ['debug'],
        },
      },
    },
  };
  writeFileSync(file, stringify(config, { lineWidth: 0 }));
  try {
    execFileSync(await engineBinary('otelcol-k8s'), ['validate', `--config=${file}`], {
      stdio: 'pipe',
    });
    return new Set();
  } catch (error) {
    const message = `${(error as { stderr?: Buffer }).stderr}`;
    const numbers = [...message.matchAll(/processors::(?:transform|filter)\/n(\d+)/g)];
    if (numbers.length === 0) throw error;
    return new Set(numbers.map(([, index]) => texts[Number(index)]!));
  }
};

describe.each([
  ['statements', 'log', statement],
  ['statements', 'trace', statement],
  ['conditions', 'log', condition],
  ['conditions', 'trace', condition],
] as const)('OTTL: %s of a %s', (kind, signal, schema) => {
  const real = examples(kind);
  const changed = [
    ...new Set(real.flatMap((text) => mutations.map((change) => change(text)))),
  ].filter((text) => !real.includes(text));

  it('are reported only if the collector rejects them', async ({ annotate }) => {
    const texts = [...real, ...changed];
    const bad = await rejected(kind, signal, texts);
    const reported = texts.filter((text) => !schema.safeParse(text).success);
    expect(reported.filter((text) => !bad.has(text))).toEqual([]);
    const faults = changed.filter((text) => bad.has(text));
    const found = faults.filter((text) => reported.includes(text));
    await annotate(
      `${real.length} examples of which the collector accepts ${real.filter((text) => !bad.has(text)).length}, none of them reported; of ${faults.length} mutations that it rejects, synth reports ${found.length}`,
      'figure',
    );
    expect(found.length / faults.length).toBeGreaterThan(0.5);
  });
});
