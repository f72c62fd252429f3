import type { ShippedAlert } from './alert.js';
import type { RoutesFault } from './faults.js';
import { nobody, type Route, receiversOf } from './route.js';

/** One finding for all alerts that reach only nobody, besides the Watchdog and those for information. */
export const silenced = (root: Route, alerts: readonly ShippedAlert[]): RoutesFault[] => {
  // Without any other receiver, the environment sends no notifications at all.
  if (root.routes.every(leadsNowhere) && root.receiver === nobody) return [];
  const names = alerts
    .filter(({ name, valuesOf }) => {
      const severities = valuesOf('severity') ?? [];
      return name !== 'Watchdog' && !severities.includes('info');
    })
    .filter((alert) => receiversOf(alert, root).every((receiver) => receiver === nobody))
    .map(({ name }) => name);
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return [];
  const more = distinct.length > 5 ? ` and ${distinct.length - 5} more` : '';
  return [
    {
      path: 'route.routes',
      fault: 'silenced-alerts',
      message: `${distinct.length === 1 ? 'One alert reaches' : `${distinct.length} alerts reach`} only '${nobody}': ${distinct.slice(0, 5).join(', ')}${more}.`,
      value: distinct[0],
    },
  ];
};

const leadsNowhere = ({ receiver, routes, matchers }: Route): boolean =>
  (receiver === nobody || matchers.some(({ value }) => value === 'Watchdog')) &&
  routes.every(leadsNowhere);
