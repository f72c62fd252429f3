import { z } from 'zod';
import { dnsLabel, port } from './fields.js';

/**
 * A namespace whose pods are scraped if their annotations ask for it: `prometheus.io/scrape: 'true'`, with
 * `prometheus.io/port`, `/path` and `/scheme`. The policies open the ports of all its pods to Prometheus,
 * which the generated README lists.
 */
export const annotatedPods = z.strictObject({
  namespace: dnsLabel,
  /** The ports on which pods can be scraped; others are not. */
  ports: z.array(port).min(1),
});

export type AnnotatedPods = z.output<typeof annotatedPods>;
