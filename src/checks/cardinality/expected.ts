import type { CheckInput } from '../../model/check.js';
import type { Manifest } from '../../model/manifest.js';
import { fromYaml } from '../../model/yaml.js';
import { seconds } from '../../promql/duration.js';
import { filesOf } from '../query/rule.js';
import { recordOf } from '../reference/lenient.js';
import { estimateJobs } from './estimate.js';
import { type Need, needOf } from './need.js';

/** How long Prometheus keeps samples, as its configuration says. */
export interface Retention {
  readonly seconds: number;
  /** Bytes. */
  readonly size?: number;
  readonly manifest: Manifest;
}

/** What is expected of Prometheus; none where it does not ship, or nobody can read what it is to do. */
export const expectedOf = (
  input: CheckInput,
): { readonly need: Need; readonly retention: Retention } | undefined => {
  const retention = retentionIn(input.manifests);
  return retention && { retention, need: needOf(estimateJobs(input), retention.seconds) };
};

const retentionIn = (manifests: readonly Manifest[]): Retention | undefined => {
  const [file] = filesOf(manifests, 'prometheus', /^prometheus\.yml$/);
  if (!file) return undefined;
  try {
    const { storage } = recordOf(fromYaml(file.text));
    const { time, size } = recordOf(recordOf(recordOf(storage).tsdb).retention);
    const [, amount, unit] = /^(\d+)(MB|GB|TB)$/.exec(`${size}`) ?? [];
    const power = { MB: 20, GB: 30, TB: 40 }[unit ?? ''] ?? 0;
    return {
      seconds: seconds(`${time}`) ?? 0,
      size: amount === undefined ? undefined : Number(amount) * 2 ** power,
      manifest: file.manifest,
    };
  } catch {
    // The check of the configuration tells of it.
    return undefined;
  }
};
