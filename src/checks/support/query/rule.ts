import type { CheckInput } from '../../../model/check.js';
import type { Rule } from '../../../model/content.js';
import type { Manifest } from '../../../model/manifest.js';
import { memoize } from '../../../model/memoize.js';
import prometheus from '../../../schema/data/prometheus.js';
import { fileValue } from '../../../schema/file-value.js';
import { filesOfKind, type ShippedFile, stemOf } from '../file.js';

/** A shipped rule. */
export interface ShippedRule extends Rule {
  /** Name of the alert, or of the recorded series. */
  readonly name: string;
  /** Labels of the rule and of its group. */
  readonly labels: NonNullable<Rule['labels']>;
  readonly annotations: NonNullable<Rule['annotations']>;
  /** How often its group is evaluated. @default - as Prometheus evaluates all */
  readonly interval?: string;
  /** Name of its file, without the extension. */
  readonly file: string;
  readonly manifest: Manifest;
}

/** The rules of all shipped rule files. */
export const rulesIn = memoize((input: CheckInput): readonly ShippedRule[] =>
  filesOfKind(input, 'prometheus-rules').flatMap(rulesOf),
);

/** The rules of a file. */
export const rulesOf = (file: ShippedFile): ShippedRule[] =>
  read(file.value).map((rule) => ({ ...rule, file: stemOf(file), manifest: file.manifest }));

// Environments share rule files.
const read = memoize((value: object): readonly Omit<ShippedRule, 'file' | 'manifest'>[] => {
  const { groups = [] } = fileValue(prometheus.types, 'rulefmt.RuleGroups', value) ?? {};
  return groups.flatMap((group) =>
    (group.rules ?? []).flatMap((rule) => {
      const { expr, annotations = {} } = rule;
      const name = rule.alert ?? rule.record;
      if (name === undefined || expr === undefined) return [];
      return [
        {
          ...rule,
          name,
          expr,
          interval: group.interval,
          labels: { ...group.labels, ...rule.labels },
          annotations,
        },
      ];
    }),
  );
});
