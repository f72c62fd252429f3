import { parse, stringify } from 'yaml';

/** By how much the waiting of rules and of Alertmanager is divided: 15 minutes become 15 seconds. */
export const hurry = 60;

const seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** A Prometheus duration, divided. */
export const hurried = (duration: string): string => {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)];
  const total = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * seconds[unit as keyof typeof seconds],
    0,
  );
  return `${Math.ceil((total * 1000) / hurry)}ms`;
};

interface Group {
  readonly rules: readonly { for?: string; keep_firing_for?: string }[];
}

/** A file of rules that wait less; their expressions are as they ship. */
export const hurriedRules = (text: string): string => {
  const file = parse(text) as { groups: readonly Group[] };
  return stringify({
    groups: file.groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => ({
        ...rule,
        ...(rule.for && { for: hurried(rule.for) }),
        ...(rule.keep_firing_for && { keep_firing_for: hurried(rule.keep_firing_for) }),
      })),
    })),
  });
};

interface Route {
  readonly routes?: readonly Route[];
  readonly [interval: string]: unknown;
}

/** A route of Alertmanager and those below it, which wait less. */
export const hurriedRoute = ({ routes, ...route }: Route): Route => ({
  ...Object.fromEntries(
    Object.entries(route).map(([key, value]) => [
      key,
      /_(wait|interval)$/.test(key) ? hurried(value as string) : value,
    ]),
  ),
  ...(routes && { routes: routes.map(hurriedRoute) }),
});
