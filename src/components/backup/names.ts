import { objectName } from '../../model/identity.js';
import type { VolumeCopy } from '../../model/volume-copy.js';

/** The workload that copies the volume of another one. */
export const backupWorkload = ({ workload }: Pick<VolumeCopy, 'workload'>): string =>
  `backup-${workload}`;

/** The CronJob that copies a volume, and those that write a copy to the volume of each replica. */
export const jobNames = (
  stack: string,
  { workload, replicas }: Pick<VolumeCopy, 'workload' | 'replicas'>,
): { readonly backup: string; readonly verify: string; readonly restores: readonly string[] } => ({
  backup: objectName(stack, `backup-${workload}`),
  verify: objectName(stack, `verify-${workload}`),
  restores: Array.from({ length: replicas }, (_, ordinal) =>
    objectName(stack, `restore-${workload}-${ordinal}`),
  ),
});

/** The folder of the copies in the bucket: by default it has the names of the cluster and of the stack. */
export const folderOf = (one: {
  readonly prefix?: string | undefined;
  readonly cluster: string;
  readonly stack: string;
}): string => one.prefix ?? `${one.cluster}/${one.stack}`;
