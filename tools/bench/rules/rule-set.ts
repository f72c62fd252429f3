import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ruleGroup } from '../../../src/content/rule-group.js';
import { toYaml } from '../../../src/model/yaml.js';
import { analyse } from '../../../src/promql/analyse.js';
import { shippedGroups } from '../../../test/alerts/promtool.js';

/** Rule files by name. */
export type RuleSet = Readonly<Record<string, string>>;

/** The shipped rule files, with their defaults. */
export const ownRules = async (): Promise<RuleSet> =>
  Object.fromEntries(
    Object.entries(await shippedGroups()).map(([name, group]) => [
      `own-${name}.yaml`,
      toYaml({ groups: [ruleGroup(`own-${name}`, group.rules(group.thresholds))] }),
    ]),
  );

interface RuleObject {
  readonly kind?: string;
  readonly metadata?: { readonly name: string };
  readonly spec?: {
    readonly groups: readonly { readonly name: string; readonly rules: object[] }[];
  };
}

/**
 * The rules in the PrometheusRule objects of a folder, except those about the operator, which does
 * not run. Jobs with other names there are renamed.
 */
export const rulesOf = (folder: string): RuleSet =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => /prometheusRule\.ya?ml$/i.test(file) && !/operator/i.test(file))
      .map((file) => {
        const { spec } = parse(renamed(readFileSync(join(folder, file), 'utf8'))) as RuleObject;
        const groups = (spec?.groups ?? []).map((group) => ({
          ...group,
          name: `peer-${group.name}`,
        }));
        return [`peer-${file}`, stringify({ groups })];
      }),
  );

const renamed = (text: string): string =>
  text
    .replaceAll('job="kubelet", metrics_path="/metrics/cadvisor"', 'job="cadvisor"')
    .replaceAll(/job="kubelet", metrics_path="\/metrics(\/probes)?"/g, 'job="kubelet"')
    .replaceAll(/(,\s*)?metrics_path="[^"]*"/g, '')
    .replaceAll(/prometheus-k8s|prometheus-user-workload/g, 'prometheus')
    .replaceAll('alertmanager-main', 'alertmanager')
    .replaceAll(/namespace="monitoring"/g, 'namespace="crowsnest"');

/** Names of the metrics that rules query. */
export const metricsIn = (rules: RuleSet): Set<string> =>
  new Set(
    Object.values(rules).flatMap((text) =>
      (parse(text) as { groups: { rules: { expr: unknown }[] }[] }).groups
        .flatMap((group) => group.rules)
        .flatMap(({ expr }) => analyse(String(expr)).selectors)
        .flatMap(({ metric }) => metric ?? []),
    ),
  );
