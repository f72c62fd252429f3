import type { z } from 'zod';
import type { Endpoint } from '../../model/endpoint.js';
import type { memoryLimiter as memoryLimiterSchema, service } from './fields.js';

/** Ports by the name of the endpoint. */
export type Ports = Readonly<Record<string, Pick<Endpoint, 'port'>>>;

/** The address to listen on for an endpoint. Without a host: all addresses of the pod, IPv4 and IPv6. */
export const everywhere = (endpoints: Ports, name: string) => ({
  endpoint: `:${endpoints[name]!.port}`,
});

/** The receiver of spans, with the ports of the endpoints `otlp-grpc` and `otlp-http`. */
export const otlpReceiver = (endpoints: Ports) => ({
  protocols: {
    grpc: everywhere(endpoints, 'otlp-grpc'),
    http: everywhere(endpoints, 'otlp-http'),
  },
});

/** Refuses spans above 80 % of the memory limit. */
export const memoryLimiter: z.input<typeof memoryLimiterSchema> = {
  check_interval: '1s',
  limit_percentage: 80,
  spike_limit_percentage: 20,
};

type OwnMetrics = z.input<typeof service>['telemetry']['metrics'];

/** Its own metrics on the port of the endpoint `telemetry`, with unit and suffix in their names, as the alerts use them. */
export const ownMetrics = (endpoints: Ports, level: OwnMetrics['level']): OwnMetrics => ({
  level,
  readers: [
    {
      pull: {
        exporter: {
          prometheus: {
            host: '',
            port: endpoints.telemetry!.port,
            without_scope_info: true,
            without_type_suffix: false,
            without_units: false,
          },
        },
      },
    },
  ],
});
