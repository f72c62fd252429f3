import { setTimeout as wait } from 'node:timers/promises';
import { createHealth } from './health.js';
import { createMetrics } from './metrics.js';
import { createAdministration, createService } from './service.js';
import { createTracing } from './tracing.js';

const { PORT = '8080', METRICS_PORT = '9464', START_MS = '0', STOP_MS = '5000' } = process.env;
const { FAULTS = 'forbidden', DELAY_MS = '0', ERROR_RATIO = '0' } = process.env;

const health = createHealth();
const metrics = createMetrics();
const tracing = createTracing();
const faults = { delayMs: Number(DELAY_MS), errorRatio: Number(ERROR_RATIO) };
const isFaultAllowed = FAULTS === 'allowed';
const servers = [
  createService({ health, metrics, tracing, faults }).listen(Number(PORT)),
  createAdministration({ metrics, faults, isFaultAllowed }).listen(Number(METRICS_PORT)),
];

process.once('SIGTERM', async () => {
  // It is not ready now, but still serves: proxies need some seconds to send their requests elsewhere.
  health.stopping();
  await wait(Number(STOP_MS));
  for (const server of servers) server.close();
  await tracing.stop();
});

// What a service does before it can serve, such as to fill a cache.
await wait(Number(START_MS));
health.started();
