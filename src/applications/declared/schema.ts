import { z } from 'zod';
import { dnsLabel, dnsLabelUpTo, line, podLabels, port } from '../../config/fields.js';
import { declares, path, scrapeFields } from '../../config/offer.js';
import { orTrue, orTrueError } from '../../config/or-true.js';
import { library } from '../../content/objective/indicator.js';

/** The metrics page of an application, on each of its pods. */
const metrics = z
  .strictObject({
    /** The port of the pods, not of a Service. */
    port,
    path: path.default('/metrics'),
    /**
     * The library whose names its HTTP metrics have; the dashboard then shows requests, errors and durations.
     * @default - that of its objectives
     */
    http: library.optional(),
    /** `https` verifies the server with the certificate authority of the cluster. @default 'http' */
    scheme: z.enum(['http', 'https']).optional(),
    ...scrapeFields,
  })
  // A party has these: of an application, the page is about itself, and its job has its name.
  .omit({
    job: true,
    scrapeJob: true,
    about: true,
    nameEscaping: true,
    honorTimestamps: true,
    always: true,
    catalogue: true,
  });

/** How the application sends spans to the stack. */
const spans = z.strictObject(
  {
    /** The variant of OTLP: `grpc` is port 4317, `http` is port 4318. @default 'grpc' */
    protocol: z.enum(['grpc', 'http']).default('grpc'),
    /** The resource attribute `service.name` of its spans. @default - the name of the application */
    service: line.optional(),
    /**
     * Whether the variables of an OpenTelemetry SDK are also in a ConfigMap in the namespace of the application, for
     * `envFrom`. The generated README has them anyway.
     * @default false
     */
    configMap: z.boolean().default(false),
  },
  orTrueError,
);

/** How the application sends logs to the stack, by OTLP: by gRPC if it sends spans by gRPC and the receiver takes it, otherwise by HTTP. */
const logs = z.strictObject(
  {
    /** Whether the variables are also in a ConfigMap, as those of `traces`. @default false */
    configMap: z.boolean().default(false),
  },
  orTrueError,
);

/** How the application sends metrics to the stack, by OTLP, as its logs. */
const sendsMetrics = z.strictObject(
  {
    /** Its metrics, with the names that Prometheus gives them, such as `orders_total`. @default - unknown */
    declares: declares.optional(),
    /** Whether the variables are also in a ConfigMap, as those of `traces`. @default false */
    configMap: z.boolean().default(false),
  },
  orTrueError,
);

/** The health pages of an application, which the blackbox-exporter requests through a Service, over plain HTTP. */
const health = z
  .strictObject({
    /** The port of the pods. */
    port,
    /** The page that answers 200 while the process works, whatever the state of other services. */
    live: path.optional(),
    /** The page that answers 200 while the process can serve. */
    ready: path.optional(),
    /** The page that answers 200 once the start has ended; through a Service, it tells little that `ready` does not. */
    startup: path.optional(),
    /**
     * The Service that leads to the port, and its own port. It must exist in the namespace of the application.
     * @default - the name of the application, and `port`
     */
    service: z.strictObject({ name: dnsLabel.optional(), port: port.optional() }).default({}),
    interval: scrapeFields.interval,
  })
  .refine(({ live, ready, startup }) => [live, ready, startup].some((one) => one !== undefined), {
    path: ['live'],
    error: 'a path such as /health/live, or set ready or startup',
  });

/** Fields of an application without those of the databases that it depends on. */
export const applicationFields = {
  /** Name of the party and value of the label `job`; unique in an environment. */
  name: dnsLabelUpTo(30),
  /** The namespace of its pods; not one of the stack. */
  namespace: dnsLabel,
  /** Labels that select its pods. */
  labels: podLabels,
  /** @default - it has no metrics page */
  metrics: metrics.optional(),
  /** Whether it sends spans, or how. @default false */
  traces: orTrue(spans),
  /** Whether an OpenTelemetry SDK in it sends logs, or how. @default false */
  logs: orTrue(logs),
  /** Whether an OpenTelemetry SDK in it sends metrics instead of having a page with them, or how. @default false */
  sendsMetrics: orTrue(sendsMetrics),
  /** @default - no page is probed */
  health: health.optional(),
};
