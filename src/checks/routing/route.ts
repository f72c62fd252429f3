import type { Manifest } from '../../model/manifest.js';
import { fromYaml } from '../../model/yaml.js';
import type { Matcher } from '../../promql/expression.js';
import { matches } from '../../promql/selector.js';
import { filesOf } from '../query/rule.js';
import { type Loose, listOf, recordOf, textsOf } from '../reference/lenient.js';
import type { ShippedAlert } from './alert.js';

/** A matcher of a route, with the text that it was read from. */
export interface RouteMatcher extends Pick<Matcher, 'label' | 'operator' | 'value'> {
  readonly text: string;
  readonly path: string;
}

/** A route as Alertmanager reads it. */
export interface Route {
  readonly path: string;
  readonly receiver: string;
  readonly matchers: readonly RouteMatcher[];
  /** Whether the routes after it are tried as well. */
  readonly goesOn: boolean;
  readonly routes: readonly Route[];
}

/** Who is told of what, as Alertmanager's configuration file says it. */
export interface Routing {
  readonly manifest: Manifest;
  readonly root: Route;
  /** Names of the receivers, in their order. */
  readonly receivers: readonly string[];
}

/** The routing of each of Alertmanager's configuration files. */
export const routingsIn = (manifests: readonly Manifest[]): Routing[] =>
  filesOf(manifests, 'alertmanager', /^alertmanager\.yml$/).flatMap(({ text, manifest }) => {
    try {
      const file = recordOf(fromYaml(text));
      const receivers = textsOf(listOf(file.receivers).map(({ name }) => name));
      return [{ manifest, receivers, root: routeOf(recordOf(file.route), 'route') }];
    } catch {
      // The check of the configuration tells of it.
      return [];
    }
  });

const routeOf = (route: Loose, path: string): Route => ({
  path,
  receiver: `${route.receiver}`,
  matchers: textsOf(listOf(route.matchers)).flatMap((text, index) =>
    matcherOf(text, `${path}.matchers[${index}]`),
  ),
  goesOn: route.continue === true,
  routes: listOf(route.routes).map((one, index) => routeOf(one, `${path}.routes[${index}]`)),
});

const matcherOf = (text: string, path: string): RouteMatcher[] => {
  const found =
    /^\s*"?([a-zA-Z_][\w.-]*)"?\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|(.*?))\s*$/.exec(text);
  if (!found) return [];
  const [, label = '', operator, quoted, bare = ''] = found;
  const value = quoted?.replace(/\\(["\\])/g, '$1') ?? bare;
  return [{ text, path, label, operator: operator as Matcher['operator'], value }];
};

/** Whether an alert may pass all of the matchers at once. */
export const mayPass = (alert: ShippedAlert, matchers: readonly RouteMatcher[]): boolean =>
  matchers.every(({ label }) => {
    const left = candidates(alert, label, matchers);
    return !left || left.length > 0;
  });

/** Whether an alert that passes the first matchers passes the others for certain. */
export const mustPass = (
  alert: ShippedAlert,
  given: readonly RouteMatcher[],
  others: readonly RouteMatcher[],
): boolean =>
  others.every((other) => {
    if (given.some((one) => isSame(one, other))) return true;
    const left = candidates(alert, other.label, given);
    return left?.every((value) => passes(other, value) === true) ?? false;
  });

/** Values that an alert may have under a label once it has passed the matchers; unknown where any is possible. */
const candidates = (
  alert: ShippedAlert,
  label: string,
  matchers: readonly RouteMatcher[],
): string[] | undefined => {
  const about = matchers.filter((one) => one.label === label);
  const asked = about.filter(({ operator }) => operator === '=').map(({ value }) => value);
  const values = alert.valuesOf(label) ?? (asked.length > 0 ? asked : undefined);
  return values?.filter((value) => about.every((one) => passes(one, value) !== false));
};

const passes = ({ label, operator, value }: RouteMatcher, candidate: string): boolean | undefined =>
  matches({ from: 0, to: 0, label, operator, value }, candidate);

const isSame = (a: RouteMatcher, b: RouteMatcher): boolean =>
  a.label === b.label && a.operator === b.operator && a.value === b.value;

/** The values that a matcher names: one, or those between the bars of its pattern; none of another pattern. */
export const namedBy = ({ operator, value }: RouteMatcher): string[] => {
  const values = operator.endsWith('~')
    ? /^[\w:/ |-]*$/.test(value)
      ? value.split('|')
      : []
    : [value];
  return values.filter((one) => one !== '');
};
