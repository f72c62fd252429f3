import { z } from 'zod';
import type { ConfigFault } from '../../config/faults.js';
import { selectorOf } from '../../logql/selector.js';
import { parseSyntax } from '../../logql/syntax.js';
import type { FoundFault } from '../../model/fault.js';
import { seconds } from '../../promql/duration.js';
import { duration } from '../../schema/format.js';
import type { LokiSections } from '../../schema/loki/section.js';

const selector = z.string();

/** The items of `limits_config.retention_stream` with which Loki does not start: https://grafana.com/docs/loki/v3.7.x/operations/storage/retention/ */
export const streamRetentionFaults = (native: LokiSections = {}): FoundFault<ConfigFault>[] =>
  (native.limits_config?.retention_stream ?? []).flatMap((one, index) => {
    const given = Object(one) as Readonly<Record<string, unknown>>;
    const fault = (field: string, remedy: string): FoundFault<ConfigFault> => ({
      fault: 'invalid-value',
      place: { path: `config.limits_config.retention_stream[${index}].${field}` },
      value: given[field],
      remedy,
    });
    const wrong = selectorFault(given.selector);
    return [
      ...(wrong === undefined ? [] : [fault('selector', wrong)]),
      ...(isLongEnough(given.period)
        ? []
        : [fault('period', "Set it to a duration of at least a day such as '7d' or '36h'.")]),
    ];
  });

const day = 86_400;

const isLongEnough = (value: unknown): boolean => {
  const { success, data } = duration.safeParse(value);
  return success && (seconds(data) ?? 0) >= day;
};

/** What to do about a selector that Loki does not accept; undefined if it accepts it. */
const selectorFault = (value: unknown): string | undefined => {
  const example = `Set it to a selector of streams such as '{k8s_namespace_name="shop"}'`;
  const { success, data: text } = selector.safeParse(value);
  if (!success) return `${example}.`;
  const reasons: string[] = [];
  const report = (_: unknown, message: string): void => void reasons.push(message);
  const root = parseSyntax(text, report);
  const found = root?.children[0];
  if (root && (found?.name !== 'LogExpr' || found.children.some((one) => one.name !== 'Selector')))
    return `${example}, without anything after it.`;
  if (found) selectorOf(found.children[0]!, text, report);
  return reasons[0] === undefined ? undefined : `${example}: ${reasons[0]}`;
};
