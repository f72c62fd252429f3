import type { Content } from '../../../src/content/content.js';
import { objectiveGroup } from '../../../src/content/objective/group.js';
import {
  availability,
  latency,
  type Objective,
  type ObjectiveOptions,
  objectiveSchema,
} from '../../../src/content/objective/objective.js';
import type { ObjectiveSettings } from '../../../src/content/objective/subject.js';

/** A validated objective. */
export const valid = (options: ObjectiveOptions): Objective => objectiveSchema.parse(options);

export const checkout = { application: 'checkout', namespace: 'shop', job: 'checkout' };

export const thirtyDays: ObjectiveSettings = { period: '30d' };

/** An objective with each kind of indicator. */
export const objectives: readonly Objective[] = [
  availability(99.9),
  latency(99, '250ms'),
  availability(99.5, { name: 'spans', of: 'spans' }),
  latency(95, '400ms', { name: 'span-latency', of: 'spans' }),
  availability(99, { name: 'probes', of: 'probes' }),
  availability(99.9, { name: 'promhttp', of: 'promhttp', period: '7d' }),
  latency(99.9, '1500ms', { name: 'prom-client', of: 'express-prom-bundle' }),
  availability(95, {
    name: 'orders',
    of: {
      errors: ['orders_failed_total{queue=~"new|old"}', 'orders_lost_total'],
      total: 'orders_total',
    },
    page: false,
  }),
  latency(90, '2s', {
    name: 'batch',
    of: { histogram: 'batch_duration_milliseconds', unit: 'milliseconds' },
    minimumErrors: 1,
  }),
].map(valid);

/** The content with the objectives of the application `checkout`. */
export const withObjectives = (content: Content, settings = thirtyDays): Content => ({
  ...content,
  alerts: {
    ...content.alerts,
    'checkout-objectives': objectiveGroup(checkout, objectives, settings),
  },
});
