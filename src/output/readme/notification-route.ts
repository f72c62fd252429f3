import type { Alerting } from '../../config/alerting.js';
import { matcherText } from '../../schema/alertmanager/matcher.js';

/** A route as the README lists it: every route has a receiver. */
export interface ListedRoute {
  readonly matchers: readonly string[];
  readonly receiver: string;
  readonly routes: readonly ListedRoute[];
}

/** The receiver of the root route, and the routes of an environment. */
export const routesOf = ({
  defaultReceiver,
  routes,
  config,
}: Alerting): Pick<ListedRoute, 'receiver' | 'routes'> => {
  if (config?.route) return listed(config.route as Native, '');
  const receiver = defaultReceiver ?? '';
  return listed({ receiver, routes: routes as readonly Native[] }, '');
};

/** A route in options or in native configuration. */
interface Native {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly match?: Readonly<Record<string, string>>;
  readonly match_re?: Readonly<Record<string, string>>;
  readonly routes?: readonly Native[];
}

const listed = (
  { receiver, matchers = [], match = {}, match_re = {}, routes = [] }: Native,
  parent: string,
): ListedRoute => {
  const own = receiver ?? parent;
  const textOf =
    (operator: '=' | '=~') =>
    ([label, value]: [string, string]): string =>
      matcherText({ label, operator, value });
  return {
    receiver: own,
    matchers: [
      ...matchers,
      ...Object.entries(match).map(textOf('=')),
      ...Object.entries(match_re).map(textOf('=~')),
    ],
    routes: routes.map((one) => listed(one, own)),
  };
};
