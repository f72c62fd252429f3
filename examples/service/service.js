import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  defaultTextMapGetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api';

/**
 * The server of the service: `GET /orders`, and the health pages. `faults` makes it slow or failing, for tests:
 * milliseconds that each request takes, and the share of requests that fail.
 */
export const createService = ({ health, metrics, tracing, faults }) =>
  createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const healthy = health.pages[pathname];
    if (healthy) {
      response.writeHead(healthy() ? 200 : 503).end();
      return;
    }
    const { method } = request;
    const isKnown = method === 'GET' && pathname === '/orders';
    // Any path of a client as a label would be one series for each.
    const route = isKnown ? '/orders' : 'unknown';
    const span = tracing.tracer.startSpan(
      `${method} ${route}`,
      { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'http.route': route } },
      // The trace of the client continues.
      tracing.propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter),
    );
    const start = performance.now();
    if (isKnown) await wait(faults.delayMs);
    const status = !isKnown ? 404 : Math.random() < faults.errorRatio ? 500 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? '[{"order":1}]\n' : '{}\n');
    const trace = span.spanContext();
    const isSampled = isSpanContextValid(trace) && (trace.traceFlags & TraceFlags.SAMPLED) !== 0;
    metrics.count({
      method,
      route,
      status,
      seconds: (performance.now() - start) / 1000,
      ...(isSampled && { trace }),
    });
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });

/** The server of the metrics page, on a port of its own, and of `PUT /faults` if that is allowed. */
export const createAdministration = ({ metrics, faults, isFaultAllowed }) =>
  createServer(async (request, response) => {
    const { method, url } = request;
    if (method === 'GET' && url === '/metrics') {
      response.setHeader('content-type', metrics.registry.contentType);
      response.end(await metrics.registry.metrics());
    } else if (isFaultAllowed && method === 'PUT' && url === '/faults') {
      let text = '';
      for await (const part of request) text += part;
      Object.assign(faults, JSON.parse(text));
      response.writeHead(204).end();
    } else {
      response.writeHead(404).end();
    }
  });
