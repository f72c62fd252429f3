import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { application } from '../../src/applications/declared/application.js';
import { availability } from '../../src/content/objective/objective.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { minimal } from '../environment.js';
import { hurried, hurry } from './hurried.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import type { Pod } from './pod.js';
import { projectObjects } from './project-objects.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { sendRequest } from './spans.js';
import { eventually } from './wait.js';

// All times of the rules are divided, so that an hour is a minute.

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const checkout = application({
  name: 'checkout',
  namespace: 'shop',
  labels: { app: 'checkout' },
  traces: true,
  objectives: [availability(99.9, { of: 'spans' })],
});
const own = 'service="checkout", slo="availability"';

let objects: KubernetesObject[];
let ports: Ports;
let pod: Pod;
let jaeger: RunningEngine;
let prometheus: RunningEngine;

const numberOf = async (expr: string): Promise<number | undefined> => {
  const [series] = await query(prometheus.url, expr);
  return series && Number(series.value[1]);
};

const total = () => numberOf(`slo:sli_total:rate5m{${own}}`);
const ratio = () => numberOf(`slo:sli_error:ratio_rate5m{${own}}`);
const page = () =>
  numberOf(`ALERTS{alertname="ErrorBudgetBurnsFast", alertstate="firing", ${own}}`);

/** Waits for a state while the application gets requests. */
const whileRequested = <T>(
  what: string,
  options: { readonly failed: boolean },
  reach: () => Promise<T | undefined>,
): Promise<T> =>
  eventually(what, async () => {
    await sendRequest(ports.get(4317)!, 'checkout', options);
    return reach();
  });

interface RuleFile {
  readonly groups: readonly {
    readonly interval?: string;
    readonly rules: readonly { readonly expr: string; readonly for?: string }[];
  }[];
}

/** The rules of objectives with shorter times, also in their expressions. */
const scaled = (text: string): string => {
  const file: RuleFile = parse(text);
  const groups = file.groups.map((group) => ({
    ...group,
    ...(group.interval && { interval: hurried(group.interval) }),
    rules: group.rules.map((rule) => ({
      ...rule,
      ...(rule.for && { for: hurried(rule.for) }),
      expr: rule.expr
        .replace(/(?<=\[|offset )\d+[smhd]/g, hurried)
        .replaceAll('/ 300', `/ ${300 / hurry}`),
    })),
  }));
  return text.includes('slo:') ? stringify({ groups }) : text;
};

beforeAll(async () => {
  objects = await projectObjects({ ...minimal, applications: [checkout] });
  ports = await portsFor(objects);
  const prometheusPort = await freePort();
  pod = jaegerPod(objects, join(folder, 'jaeger'), ports, `http://127.0.0.1:${prometheusPort}`);
  jaeger = await startJaeger(pod, ports);
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    (shipped) => ({
      ...shipped,
      alerting: undefined,
      scrape_configs: [
        {
          ...jobAt(objects, 'span-metrics', `127.0.0.1:${ports.get(8889)}`),
          scrape_interval: '1s',
          scrape_timeout: '1s',
        },
      ],
    }),
    { port: prometheusPort, rules: scaled },
  );
});
afterAll(async () => {
  await jaeger?.stop();
  await prometheus?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('an objective about spans', () => {
  it('pages while they have errors', async () => {
    expect(await whileRequested('the page', { failed: true }, page)).toBe(1);
    expect(await ratio()).toBeGreaterThan(0.5);
  });

  it('has no value and no alert when they stop, although Jaeger still has their counters', async () => {
    await eventually('no requests per second', async () => (await total()) === 0 || undefined);
    expect(
      await numberOf('sum(traces_span_metrics_calls_total{service_name="checkout"})'),
    ).toBeGreaterThan(0);
    await eventually('the end of the page', async () => (await page()) === undefined || undefined);
    expect(await ratio()).toBeUndefined();
  });

  it('is measured again when they return, without the errors before', async () => {
    const again = await whileRequested('the ratio', { failed: false }, ratio);
    expect(again).toBe(0);
    expect(await page()).toBeUndefined();
  });

  it('has no value and no alert while Jaeger is away, and counts only what comes after its return', async () => {
    await jaeger.stop();
    await eventually('no value', async () => (await ratio()) === undefined || undefined);
    jaeger = await startJaeger(pod, ports);
    expect(await whileRequested('the ratio', { failed: false }, ratio)).toBe(0);
    expect(await page()).toBeUndefined();
    expect(await total()).toBeLessThan(100);
  });

  it('was never reported as not measured', async () => {
    const reported = 'count_over_time(ALERTS{alertname=~"Objective.+", alertstate="firing"}[30m])';
    expect(await query(prometheus.url, reported)).toEqual([]);
  });
});
