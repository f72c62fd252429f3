import { podTemplatePath } from '../../model/pod-template.js';
import type { Change, Detail } from '../change.js';
import { kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { type Difference, detailsOf, differences } from '../differences.js';
import type { FilePair } from '../file.js';
import type { Pair } from '../pair.js';
import { podSpecOf } from '../pods.js';

/** Workloads that are added, removed, scaled or restarted, and why. */
export const workloads = ({ pairs, files }: Comparison): Change[] =>
  pairs.flatMap((pair): Change[] => {
    if (!podTemplatePath(pair.kind)) return [];
    const base = { section: 'workloads', subject: pair.title } as const;
    if (!pair.before || !pair.after) {
      return [{ ...base, kind: kindOf(pair.before, pair.after), details: [] }];
    }
    const found = differences(pair.before.spec, pair.after.spec);
    const changedFiles = files.filter((file) => isReadOnce(file) && mounts(pair, file.configMap));
    const template = withoutVersion(found.filter(isInTemplate));
    const others = found.filter((one) => !isInTemplate(one));
    const details = [
      ...reasons(
        template,
        changedFiles.map(({ name }) => name),
      ),
      ...detailsOf(others),
    ];
    if (details.length === 0) return [];
    const scales = others.some(({ path }) => path[0] === 'replicas');
    const effect = template.length > 0 ? 'restarts' : scales ? 'scales' : undefined;
    return [{ ...base, kind: 'changed', ...(effect && { effect }), details }];
  });

const isInTemplate = ({ path }: Difference): boolean => path[0] === 'template';

/** Without the label of the version, if there is another reason: it follows the image. */
const withoutVersion = (found: readonly Difference[]): readonly Difference[] => {
  const others = found.filter(({ path }) => path.at(-1) !== 'app.kubernetes.io/version');
  return others.length > 0 ? others : found;
};

const reasons = (found: readonly Difference[], changedFiles: readonly string[]): Detail[] => {
  const details = found.map((one): Detail => {
    const path = one.path[1] === 'spec' ? one.path.slice(2) : one.path.slice(1);
    const container = /^(?:initC|c)ontainers$/.test(path[0] ?? '') ? path[1] : undefined;
    const of = container === undefined ? '' : ` of ${container.slice(1, -1)}`;
    // Their values are in sections of their own.
    if (container && path[2] === 'image') return { what: `image${of}` };
    if (container && path[2] === 'resources') return { what: `resources${of}` };
    if (path.at(-1) === 'crowsnest/restart-on') {
      const names = changedFiles.length > 0 ? `: ${changedFiles.join(', ')}` : '';
      return { what: `a file that is read only at the start${names}` };
    }
    const [detail] = detailsOf([{ ...one, path: container ? path.slice(2) : path }]);
    return { ...detail!, what: `${detail!.what || path.join(' ')}${of}` };
  });
  return [...new Map(details.map((one) => [JSON.stringify(one), one])).values()];
};

/** Whether a program may read a file only at its start: Prometheus and Grafana read these files again. */
const isReadOnce = ({ before, after }: FilePair): boolean =>
  !['rules', 'dashboard', 'prometheus'].includes((after ?? before)!.kind);

const mounts = ({ after }: Pair, configMap: string): boolean =>
  JSON.stringify(after ? (podSpecOf(after).volumes ?? []) : []).includes(
    `"name":${JSON.stringify(configMap)}`,
  );
