import { z } from 'zod';
import { grouping, matchers } from '../schema/alertmanager/route.js';
import { duration as anyDuration } from '../schema/format.js';
import { duration } from './fields.js';

/** The name of a receiver in a route. */
export const receiverName = z.string({ error: 'the name of one of the receivers' });

/** How the alerts of a route are grouped into notifications. */
export const groupingFields = {
  /**
   * Labels by which alerts are grouped into one notification.
   * @default - as in the parent route; alertname, cluster and namespace in the root route
   */
  groupBy: grouping.optional(),
  /** How long to wait before the first notification of a group; may be `0s`. @default - as in the parent route; `30s` in the root route */
  groupWait: anyDuration.optional(),
  /** How long to wait before a notification about new alerts of a group. @default - as in the parent route; `5m` in the root route */
  groupInterval: duration.optional(),
  /** How long to wait before a notification is repeated. @default - as in the parent route; `12h` in the root route */
  repeatInterval: duration.optional(),
};

const intervals = z.array(z.string({ error: 'the name of a time interval' }));

const flatRoute = z.strictObject({
  /** All must match; in any syntax of Alertmanager. */
  matchers,
  /** `nobody` sends no notification. @default - as in the parent route; defaultReceiver in the first routes */
  receiver: receiverName.optional(),
  /** Whether the following sibling routes are evaluated too. @default false */
  continue: z.boolean().default(false),
  ...groupingFields,
  /** Names of intervals in `config.time_intervals` in which no notification is sent. */
  muteTimeIntervals: intervals.optional(),
  /** Names of the only intervals in which notifications are sent. */
  activeTimeIntervals: intervals.optional(),
});

/** A route with its child routes. */
export interface Route extends z.output<typeof flatRoute> {
  readonly routes?: Route[];
}

export interface RouteOptions extends z.input<typeof flatRoute> {
  readonly routes?: RouteOptions[];
}

const within: z.ZodType<Route, RouteOptions> = z.lazy(() => route);

export const route = flatRoute.extend({
  /** Child routes, evaluated in order; this route handles the alerts that none of them matches. */
  routes: z.array(within).optional(),
});
