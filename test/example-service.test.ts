import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createHealth } from '../examples/service/health.js';
import { createMetrics } from '../examples/service/metrics.js';
import { createAdministration, createService } from '../examples/service/service.js';
import environment from '../examples/service.js';
import type { ApplicationOptions } from '../src/index.js';

const textOf = (path: string): string =>
  readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const health = createHealth();
const faults = { delayMs: 0, errorRatio: 0 };
const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const tracing = {
  tracer: provider.getTracer('orders'),
  propagator: new W3CTraceContextPropagator(),
  stop: () => provider.shutdown(),
};
const servers: Server[] = [];
let service: string;
let administration: string;
let forbidden: string;

const start = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  const metrics = createMetrics();
  service = await start(createService({ health, metrics, tracing, faults }));
  administration = await start(createAdministration({ metrics, faults, isFaultAllowed: true }));
  forbidden = await start(createAdministration({ metrics, faults, isFaultAllowed: false }));
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await provider.shutdown();
});

const statusOf = async (url: string, options?: RequestInit): Promise<number> =>
  (await fetch(url, options)).status;

const pages = async () =>
  Object.fromEntries(
    await Promise.all(
      ['live', 'startup', 'ready'].map(async (page) => [
        page,
        await statusOf(`${service}/health/${page}`),
      ]),
    ),
  );

describe('the health pages of the example service', () => {
  it('say during the start, after it, and during the stop what each is for', async () => {
    expect(await pages()).toEqual({ live: 200, startup: 503, ready: 503 });
    health.started();
    expect(await pages()).toEqual({ live: 200, startup: 200, ready: 200 });
    health.stopping();
    expect(await pages()).toEqual({ live: 200, startup: 200, ready: 503 });
  });

  it('answer while requests are slow and fail, and are not counted', async () => {
    const put = { method: 'PUT', body: '{"delayMs":30,"errorRatio":1}' };
    expect(await statusOf(`${administration}/faults`, put)).toBe(204);
    expect(await statusOf(`${service}/orders`)).toBe(500);
    expect((await pages()).live).toBe(200);
    Object.assign(faults, { delayMs: 0, errorRatio: 0 });
    const page = await (await fetch(`${administration}/metrics`)).text();
    expect(page).not.toContain('/health');
    const slow = page
      .split('\n')
      .filter((line) => /_code="500"/.test(line) && /le="0\.01"/.test(line));
    expect(slow).toEqual([expect.stringMatching(/ 0$/)]);
  });
});

describe('the example service', () => {
  it('has its trace as exemplar, and continues the trace of the client', async () => {
    const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const headers = { traceparent: `00-${trace}-${parent}-01` };
    expect(await statusOf(`${service}/orders`, { headers })).toBe(200);
    const answer = await fetch(`${administration}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/openmetrics-text/);
    expect(await answer.text()).toMatch(
      new RegExp(`_bucket\\{.*_code="200"\\} 1 # \\{trace_id="${trace}",span_id="[0-9a-f]{16}"\\}`),
    );
    const span = exporter
      .getFinishedSpans()
      .find(({ parentSpanContext }) => parentSpanContext?.spanId === parent);
    expect(span).toMatchObject({ name: 'GET /orders', attributes: { 'http.route': '/orders' } });
  });

  it('has no label that a client can choose', async () => {
    expect(await statusOf(`${service}/anything`)).toBe(404);
    const page = await (await fetch(`${administration}/metrics`)).text();
    expect(page).not.toContain('anything');
    expect(page).toContain('http_route="unknown"');
  });

  it('becomes slow or failing only if that is allowed', async () => {
    const put = { method: 'PUT', body: '{"errorRatio":1}' };
    expect(await statusOf(`${forbidden}/faults`, put)).toBe(404);
    expect(await statusOf(`${service}/orders`)).toBe(200);
  });

  it('has the packages that the tests use', () => {
    const { dependencies } = JSON.parse(textOf('examples/service/package.json'));
    expect(JSON.parse(textOf('package.json')).devDependencies).toMatchObject(dependencies);
  });

  it('is deployed as its environment declares it', () => {
    const [deployment, { metadata, spec }] = parseAllDocuments(
      textOf('examples/service/kubernetes.yaml'),
    ).map((one) => one.toJS());
    const [declared] = environment.applications;
    const { name, namespace, labels, metrics, health, traces } = declared as ApplicationOptions;
    const template = deployment.spec.template;
    const [container] = template.spec.containers;
    expect(template.metadata.labels).toMatchObject(labels);
    expect(metadata).toEqual({ name, namespace });
    expect(spec).toEqual({ selector: labels, ports: [{ name: 'http', port: health?.port }] });
    expect(container.ports.map((one: { containerPort: number }) => one.containerPort)).toEqual([
      health?.port,
      metrics?.port,
    ]);
    expect(container.livenessProbe.httpGet).toEqual({ path: health?.live, port: health?.port });
    expect(container.readinessProbe.httpGet).toEqual({ path: health?.ready, port: health?.port });
    expect(traces).toEqual({ configMap: true });
    expect(container.envFrom).toEqual([{ configMapRef: { name: `crowsnest-${name}-otel` } }]);
  });
});
