import { serverOf } from './components/loki/bucket.js';
import { configFinding } from './config/faults.js';
import type { Finding } from './model/finding.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { inSameCluster } from './same-cluster.js';
import { isPrivate } from './schema/private-host.js';

/** Environments whose Loki has the bucket of another one. */
export const sharedBuckets = (stacks: readonly SynthesizedStack[]): Finding[] =>
  stacks.flatMap((stack, index) => {
    const other = stacks.slice(0, index).find((one) => haveOneBucket(one, stack));
    const { name, file, loki } = stack.environment;
    return other
      ? configFinding({
          fault: 'shared-bucket',
          place: { environment: name, file, path: 'loki.bucket.name' },
          message: `Loki of the environment '${other.environment.name}' has the same bucket.`,
          value: loki.bucket?.name,
        })
      : [];
  });

const haveOneBucket = (one: SynthesizedStack, other: SynthesizedStack): boolean => {
  const [first, second] = [bucketOf(one), bucketOf(other)];
  if (!first || !second || first.title !== second.title) return false;
  // A private name or address is another server in another cluster.
  return !isPrivate(first.host) || inSameCluster(one, other);
};

const bucketOf = ({ environment: { loki } }: SynthesizedStack) => {
  if (!loki.enabled || !loki.bucket) return undefined;
  const { host = '', port } = serverOf(loki.bucket);
  // The name of a bucket of AWS is unique.
  const server = host.endsWith('.amazonaws.com') ? 'AWS' : `${host}:${port}`;
  return { host, title: `${server}/${loki.bucket.name}` };
};
