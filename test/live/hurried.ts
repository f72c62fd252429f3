import { parse, stringify } from 'yaml';

/**
 * The factor by which waiting times of rules and of Alertmanager are divided: 15 minutes become 15
 * seconds.
 */
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

/** A rule file with shorter waiting times; its expressions are not changed. */
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

/**
 * The same file with shorter ranges in its expressions too, so that their ratio to the waiting
 * times is kept.
 */
export const hurriedWholly = (text: string): string =>
  hurriedRules(text).replace(/\[(\d+[smhd])\]/g, (_, range: string) => `[${hurried(range)}]`);

interface Route {
  readonly routes?: readonly Route[];
  readonly [interval: string]: unknown;
}

/** A route of Alertmanager and its nested routes, with shorter waiting times. */
export const hurriedRoute = ({ routes, ...route }: Route): Route => ({
  ...Object.fromEntries(
    Object.entries(route).map(([key, value]) => [
      key,
      /_(wait|interval)$/.test(key) ? hurried(value as string) : value,
    ]),
  ),
  ...(routes && { routes: routes.map(hurriedRoute) }),
});
