import { z } from 'zod';
import { orTrueError } from '../../config/or-true.js';
import { type Offer, offer } from '../../model/offer.js';
import { duration, text } from '../../schema/format.js';

/** How Prometheus receives metrics by OTLP. */
export const otlp = z.strictObject(
  {
    /**
     * Resource attributes that become labels, besides `job` and `instance`. All of them are labels of `target_info`.
     * @default ['k8s.namespace.name', 'k8s.pod.name', 'k8s.container.name', 'service.version']
     */
    labels: z
      .array(text)
      .default(['k8s.namespace.name', 'k8s.pod.name', 'k8s.container.name', 'service.version']),
    /** How much older than the newest sample a sample can be, so that those that waited in a queue are stored. @default '2h' */
    delay: duration.default('2h'),
  },
  orTrueError,
);

export type Otlp = z.output<typeof otlp>;

/** The flag of the receiver. */
export const otlpFlag = 'web.enable-otlp-receiver';

/** Each of several replicas stores only what it receives itself, so a client sends to all of them. */
export const otlpOffers = (path: string, replicas: number): Offer[] => {
  const receiver = { variant: 'http', path: `${path}/api/v1/otlp` };
  return replicas === 1
    ? [offer('otlp-metrics', receiver)]
    : Array.from({ length: replicas }, (_, replica) =>
        offer('otlp-metrics', { ...receiver, replica }),
      );
};

/** The sections of its file. */
export const otlpSections = ({ labels, delay }: Otlp) => ({
  otlp: { promote_resource_attributes: labels },
  tsdb: { out_of_order_time_window: delay },
});
