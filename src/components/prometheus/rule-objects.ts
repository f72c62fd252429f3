import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { RuleGroup, SelectedContent } from '../../model/content.js';
import type { Identity } from '../../model/identity.js';

/** How the rules are written as objects of the Prometheus operator. */
export interface RuleObjects {
  /** Labels by which the operator selects them. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Writes each rule file as a PrometheusRule object.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export const ruleObjects = (
  scope: Construct,
  { name, namespace, labels }: Identity,
  ruleFiles: SelectedContent['ruleFiles'],
  { labels: own }: RuleObjects,
): void => {
  for (const [file, groups] of Object.entries(ruleFiles)) {
    const object = `${name}-${objectNameOf(file)}`;
    new ApiObject(scope, `${object}-rules`, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: object, namespace, labels: { ...labels, ...own } },
      spec: { groups: groups.map(groupOf) },
    });
  }
};

/** Lower-case letters, digits, dashes and dots, of at most 180 characters. */
const objectNameOf = (file: string): string =>
  file
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/-?\.[-.]*/g, '.')
    .slice(0, 180)
    .replace(/[-.]+$/, '');

const groupOf = (group: RuleGroup): object => ({
  ...group,
  rules: group.rules.map((rule) => ({ ...rule })),
});

/** What the cluster needs for the objects, for the generated README. */
export const ruleObjectsSection = ({ labels }: RuleObjects): string =>
  `## Rules as objects
The rules are also PrometheusRule objects, for the Prometheus operator. The cluster needs its CustomResourceDefinition (\`kubectl get crd prometheusrules.monitoring.coreos.com\`), and its Prometheus a \`ruleSelector\` and a \`ruleNamespaceSelector\` that match them${
    Object.keys(labels).length > 0
      ? `: they have the labels ${Object.entries(labels)
          .map(([name, value]) => `\`${name}: ${value}\``)
          .join(', ')}`
      : ''
  }. The Prometheus of this stack evaluates the rules too, so an alert can be sent twice.`;
