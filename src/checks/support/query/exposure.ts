import type { Manifest } from '../../../model/manifest.js';
import { anchored } from '../../../promql/regex.js';
import { listOf, recordOf, textsOf } from '../untyped.js';

/** A workload that exposes only the metrics in its arguments. */
export type Limiting = Pick<Manifest, 'object'>;

/** A workload without such arguments. */
export const unlimited: Limiting = { object: { apiVersion: '', kind: '', metadata: { name: '' } } };

const flag = '--metric-allowlist=';

/** Whether the arguments of a workload limit the exposed metrics. */
export const limitsMetrics = (manifest: Limiting): boolean => allowed(manifest) !== undefined;

/** The metrics that the workload exposes; all if its arguments do not limit them. */
export const onlyExposed = <T>(
  metrics: Readonly<Record<string, T>>,
  limiting: Limiting,
): Readonly<Record<string, T>> => {
  const entries = allowed(limiting);
  if (!entries) return metrics;
  const names = new Set(entries.map((entry) => entry.replace(/^\^|\$$/g, '')));
  // Entries without anchors match a part of a name.
  const patterns = entries
    .filter((entry) => !/^\^\w+\$$/.test(entry))
    .map((entry) => anchored(`.*(?:${entry}).*`));
  return Object.fromEntries(
    Object.entries(metrics).filter(
      ([name]) => names.has(name) || patterns.some((one) => one?.test(name) ?? true),
    ),
  );
};

/** The names that the arguments of a workload list, without patterns; none if they do not limit them. */
export const exposedNames = (limiting: Limiting): string[] =>
  (allowed(limiting) ?? []).flatMap((entry) => /^\^(\w+)\$$/.exec(entry)?.[1] ?? []);

const allowed = ({ object }: Limiting): string[] | undefined =>
  object.kind !== 'Deployment'
    ? undefined
    : listOf(recordOf(recordOf(recordOf(object.spec).template).spec).containers)
        .flatMap(({ args }) => textsOf(listOf(args)))
        .find((arg) => arg.startsWith(flag))
        ?.slice(flag.length)
        .split(',');
