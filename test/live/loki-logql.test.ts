import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { analyse } from '../../src/logql/analyse.js';
import { lokiQueries } from '../../src/logql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { accepted, rejected } from '../logql/cases.js';
import { mutate, randomFrom } from './expression-mutation.js';
import { findLoki } from './loki-installation.js';
import { type LokiPorts, lokiPod, lokiPorts, startLoki } from './loki-server.js';

const loki = findLoki();
const seed = 20_261_130;

describe.skipIf(!loki)('logql', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-logql-'));
  const { content } = await loadContent(['.']);
  const { manifests } = build({ ...minimal, loki: { enabled: true } }, content);
  const objects = manifests.map(({ object }) => object);
  let engine: RunningEngine;
  let ports: LokiPorts;

  beforeAll(async () => {
    ports = await lokiPorts();
    engine = await startLoki(loki!, lokiPod(objects, folder, ports), ports);
  });
  afterAll(async () => {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The queries of the shipped dashboards, with values for variables. */
  const asked = objects
    .flatMap(({ data }) => Object.entries<string>(data ?? {}))
    .filter(([file]) => file.endsWith('.json'))
    .flatMap(([, json]) => lokiQueries(JSON.parse(json)))
    .map(({ expr, variables }) => expand(expr, variables, { __auto: '1m' }).text);

  /** Why Loki rejects a query; undefined if it accepts it. */
  const refusal = async (query: string): Promise<string | undefined> => {
    const parameters = new URLSearchParams({ query, since: '10s', limit: '1' });
    const answer = await fetch(
      `http://127.0.0.1:${ports.http}/loki/api/v1/query_range?${parameters}`,
    );
    const text = await answer.text();
    // A query that is disabled by default is no fault of its text.
    return answer.status === 400 ? text : undefined;
  };

  it('Loki accepts what our analysis accepts, and the queries of all dashboards', async () => {
    expect(asked.length).toBeGreaterThan(5);
    for (const query of [...accepted.map(([text]) => text), ...asked]) {
      expect(analyse(query).faults, query).toEqual([]);
      expect(await refusal(query), query).toBeUndefined();
    }
  });

  it('Loki rejects what our analysis rejects', async () => {
    for (const [query] of rejected) expect(await refusal(query), query).toBeDefined();
  });

  it('the verdicts are the same for mutated queries, except for a few', async ({ annotate }) => {
    const random = randomFrom(seed);
    const mutated = [...accepted.map(([text]) => text), ...asked].flatMap((query) =>
      Array.from({ length: 20 }, () => mutate(query, random)),
    );
    const falseAlarms: string[] = [];
    const misses: string[] = [];
    let refused = 0;
    for (const query of new Set(mutated)) {
      const ours = analyse(query).faults.length > 0;
      const theirs = await refusal(query);
      if (theirs !== undefined) refused += 1;
      if (ours && theirs === undefined) falseAlarms.push(query);
      if (!ours && theirs !== undefined) misses.push(`${query}: ${theirs}`);
    }
    const count = new Set(mutated).size;
    await annotate(
      `${count} mutated queries: Loki rejects ${refused}, our analysis all of them but ${misses.length}; of the others it rejects ${falseAlarms.length}`,
      'figure',
    );
    expect(falseAlarms.length, falseAlarms.join('\n')).toBeLessThan(count / 100);
    expect(misses.length, misses.join('\n')).toBeLessThan(count / 50);
  });
});
