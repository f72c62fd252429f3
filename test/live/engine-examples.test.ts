import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { engine as alertmanager } from '../../src/schema/alertmanager/engine.js';
import { alertmanagerType } from '../../src/schema/alertmanager/type.js';
import { type EngineTypes, fieldsOf } from '../../src/schema/engine-schema.js';
import { engine as prometheus } from '../../src/schema/prometheus/engine.js';
import { prometheusType } from '../../src/schema/prometheus/type.js';
import { validateValue } from '../../src/schema/validate-value.js';
import { loadEngines } from '../engines/catalogue.js';
import { engineBinary } from '../engines/installation.js';

/** The configuration files with which an engine tests its own parser. */
const examplesOf = async (name: string): Promise<{ file: string; path: string }[]> => {
  const [engine] = await loadEngines([name]);
  const { folder, module } = engine!;
  const args = ['mod', 'download', '-json', module];
  const { Dir: source } = JSON.parse(execFileSync('go', args, { cwd: folder, encoding: 'utf8' }));
  const examples = join(source, 'config/testdata');
  return readdirSync(examples)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => ({ file, path: join(examples, file) }));
};

/** An example in the form that we require: without secrets, and with absolute paths. */
const without = (types: EngineTypes, type: string, value: unknown): unknown => {
  const [, list, of = ''] = /^(\[\]|\{.*?\})(.*)$/.exec(type) ?? [];
  if (Array.isArray(value)) return value.map((one) => without(types, of, one));
  if (typeof value !== 'object' || value === null) return value;
  const fields = fieldsOf(types, type);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      if (list) return [[name, without(types, of, one)]];
      const is = fields[name] ?? '';
      const hasFile = `${name}_file` in fields;
      if (name === 'secrets') return [['files', ['/etc/secret']]];
      if (is.includes('Secret') || (hasFile && ['key', 'api_url'].includes(name))) {
        return hasFile ? [[`${name}_file`, '/etc/secret']] : [];
      }
      if (name.endsWith('_file') && typeof one === 'string') return [[name, join('/etc', one)]];
      return [[name, without(types, is, one)]];
    }),
  );
};

const findingsOf = (schema: z.ZodType, types: EngineTypes, path: string): string[] => {
  const { faults } = validateValue(
    schema,
    without(types, 'config.Config', parse(readFileSync(path, 'utf8'), { logLevel: 'error' })),
    '',
  );
  return faults.map(({ place, remedy }) => `${place.path}: ${remedy}`);
};

/** Whether we accept a file without changes. */
const isTaken = (schema: z.ZodType, path: string): boolean => {
  try {
    return schema.safeParse(parse(readFileSync(path, 'utf8'), { logLevel: 'error' })).success;
  } catch {
    return false;
  }
};

/** Files that an engine accepts and we reject. */
const deliberate = [
  // Older versions have faults.
  /tls_config\.min_version: Set it to 'TLS12' or 'TLS13'/,
  // A number or nothing instead of an expression, and nothing instead of an object.
  /relabel_configs\[\d+\]\.regex: /,
  / (global|otlp): Set it to an object/,
  // The ports in the DNS answers are unknown.
  /dns_sd_configs\[\d+\]\.(type|port): /,
  // Values that are no URL.
  /remote_write\[\d+\]\.url: /,
  /http_config\.proxy_url: /,
  // Alertmanager compares the URL with that of the API, which it cannot do with the file of a secret.
  /global\.slack_app_token_file: .* slack_api_url_file/,
  // Secrets that are not read from files.
  /sigv4\.(access_key|secret_key): /,
];

/**
 * Files that an engine rejects because of another file, or because of a value that disables a
 * field, or because of bytes that are no UTF-8, which no string of an environment has.
 */
const elsewhere = ['scrape_config_files_', 'outscale_no_region', 'labelname.bad.yml'];

const refusedIn = (
  schema: z.ZodType,
  types: EngineTypes,
  examples: readonly { file: string; path: string }[],
): string[] =>
  examples
    .flatMap(({ file, path }) => findingsOf(schema, types, path).map((one) => `${file} ${one}`))
    .filter((one) => !deliberate.some((what) => what.test(one)));

const takenIn = (
  schema: z.ZodType,
  examples: readonly { file: string; path: string }[],
): string[] =>
  examples
    .filter(
      ({ file, path }) => !elsewhere.some((one) => file.startsWith(one)) && isTaken(schema, path),
    )
    .map(({ file }) => file);

describe('of the files with which Prometheus tests itself', async () => {
  const schema = prometheusType()('config.Config');
  const examples = await examplesOf('prometheus');

  it('accepted files are also accepted by us, except for known exceptions', () => {
    const good = examples.filter(({ file }) => file.endsWith('.good.yml'));
    expect(good.length).toBeGreaterThan(30);
    expect(refusedIn(schema, prometheus.types, good)).toEqual([]);
  });

  it('rejected files are also rejected by us', () => {
    const bad = examples.filter(({ file }) => file.endsWith('.bad.yml'));
    expect(bad.length).toBeGreaterThan(100);
    expect(takenIn(schema, bad)).toEqual([]);
  });
});

describe('of the files with which Alertmanager tests itself', async () => {
  const schema = alertmanagerType()('config.Config');
  const examples = await examplesOf('alertmanager');

  it('accepted files are exactly those that we accept, except for known exceptions', async () => {
    const amtool = await engineBinary('amtool');
    const byAmtool = ({ path }: { path: string }): boolean => {
      try {
        execFileSync(amtool, ['check-config', path], { stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    };
    const good = examples.filter(byAmtool);
    const bad = examples.filter((one) => !good.includes(one));
    expect(Math.min(good.length, bad.length)).toBeGreaterThan(15);
    expect(refusedIn(schema, alertmanager.types, good)).toEqual([]);
    expect(takenIn(schema, bad)).toEqual([]);
  });
});
