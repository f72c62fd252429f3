import { folderOf } from './components/backup/names.js';
import { serverOf } from './components/loki/bucket.js';
import { configFinding } from './config/faults.js';
import { type Server, serverAt } from './config/server.js';
import type { Finding } from './model/finding.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { inSameCluster } from './same-cluster.js';
import { isPrivate } from './schema/private-host.js';

/** What an environment writes to a bucket. */
interface Written {
  /** Option whose value two environments must not share. */
  readonly path: string;
  readonly value: string;
  readonly host: string;
  /** The server, the bucket, and the folder if others may have another one. */
  readonly title: string;
  readonly message: (other: string) => string;
}

/** Environments that write to the bucket, or the folder of a bucket, of another one. */
export const sharedBuckets = (stacks: readonly SynthesizedStack[]): Finding[] =>
  stacks.flatMap((stack, index) =>
    writtenBy(stack).flatMap((own) => {
      const other = stacks
        .slice(0, index)
        .find((one) => writtenBy(one).some((theirs) => isSame(theirs, own, one, stack)));
      const { name, file } = stack.environment;
      return other
        ? configFinding({
            fault: 'shared-bucket',
            place: { environment: name, file, path: own.path },
            message: own.message(other.environment.name),
            value: own.value,
          })
        : [];
    }),
  );

const isSame = (
  first: Written,
  second: Written,
  one: SynthesizedStack,
  other: SynthesizedStack,
): boolean =>
  first.path === second.path &&
  first.title === second.title &&
  // A private name or address is another server in another cluster.
  (!isPrivate(first.host) || inSameCluster(one, other));

const writtenBy = ({ environment }: SynthesizedStack): readonly Written[] => {
  const { loki, backup, cluster, stack } = environment;
  const all: Written[] = [];
  if (loki.enabled && loki.bucket) {
    const { name } = loki.bucket;
    const { host = '', title } = at(serverOf(loki.bucket), name);
    const message = (other: string) => `Loki of the environment '${other}' has the same bucket.`;
    all.push({ path: 'loki.bucket.name', value: name, host, title, message });
  }
  if (backup.enabled && backup.bucket) {
    const { name, endpoint, prefix } = backup.bucket;
    const folder = folderOf({ prefix, cluster: cluster.name, stack });
    const { host = '', title } = at(serverAt(endpoint), `${name}/${folder}`);
    const message = (other: string) =>
      `Backups of the environment '${other}' are in the same folder of the same bucket.`;
    all.push({ path: 'backup.bucket.prefix', value: folder, host, title, message });
  }
  return all;
};

const at = ({ host = '', port }: Server, path: string) => ({
  host,
  // The name of a bucket of AWS is unique.
  title: `${host.endsWith('.amazonaws.com') ? 'AWS' : `${host}:${port}`}/${path}`,
});
