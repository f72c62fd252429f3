import { describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { loadChecks } from '../../src/load-checks.js';
import { metrics } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { full } from '../checks/full.js';
import { inputOf } from '../checks/input.js';
import { withObjectives } from '../content/objective/sample.js';
import { build } from '../environment.js';

const [{ content }, checks] = await Promise.all([loadContent(['.']), loadChecks()]);

const histogram = { type: 'histogram' } as const;
const counter = { type: 'counter' } as const;
const declares = {
  http_server_request_duration_seconds: { ...histogram, labels: ['http_response_status_code'] },
  http_request_duration_seconds: { ...histogram, labels: ['status_code'] },
  http_requests_total: { ...counter, labels: ['code'] },
  orders_total: counter,
  orders_failed_total: { ...counter, labels: ['queue'] },
  orders_lost_total: counter,
  batch_duration_milliseconds: histogram,
};

const checkout: Party = {
  name: 'checkout',
  workloads: { checkout: { kind: 'pods', namespace: 'shop', labels: { app: 'checkout' } } },
  endpoints: { metrics: { port: 9464, offers: [metrics('/metrics', { declares })] } },
  consumes: [],
};
const options = { ...full, parties: [...(full.parties ?? []), checkout] };
const text = (stack: ReturnType<typeof build>) =>
  JSON.stringify(stack.manifests.map(({ object }) => object));

describe('an environment with objectives', () => {
  const stack = build(options, withObjectives(content));

  test('has their rules, alerts and dashboards', () => {
    for (const part of ['slo:objective:ratio', 'ErrorBudgetBurnsFast', 'error-budget.json']) {
      expect(text(stack)).toContain(part);
    }
    // The environment with all options has findings of its own.
    expect(stack.findings).toEqual(build(full).findings);
  });

  test.each(checks.checks)('has no findings of the check $name', ({ value }) => {
    expect(value.run(inputOf(stack, { sources: content.sources }))).toEqual([]);
  });
});

test('an environment without objectives has none of them', () => {
  const without = text(build(options, content));
  expect(without).not.toContain('slo:');
  expect(without).not.toContain('error-budget.json');
});

test('an application that is not scraped can have objectives about its spans or its pages', () => {
  const stack = build(full, withObjectives(content));
  expect(text(stack)).toContain('ErrorBudgetBurnsFast');
  expect(text(stack)).not.toContain('ObjectiveNeverMeasured');
  const matching = checks.checks.find(({ name }) => name === 'matching')!;
  expect(matching.value.run(inputOf(stack, { sources: content.sources }))).toEqual([]);
});
