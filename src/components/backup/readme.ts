import { jobNames } from './names.js';
import type { BackupOptions } from './options.js';

/** What the generated README states about backups. */
export const backupSection = ({
  bucket,
  prefix,
  schedule,
  keep,
  copies,
  names,
}: BackupOptions): string[] => {
  if (copies.length === 0) return [];
  const { stack, namespace } = names;
  const rows = copies.map((one) => {
    const { backup, restores } = jobNames(stack, one);
    const code = (all: readonly string[]) => all.map((name) => `\`${name}\``).join(', ');
    return `| ${one.workload} | ${code([backup])} | ${code(restores)} | ${one.loss} |`;
  });
  const { daily, weekly, monthly } = keep;
  const plain = bucket.plainHttp;
  return [
    `## Backups
Volumes are copied to the folder \`${prefix}\` of the bucket \`${bucket.name}\` on the schedule \`${schedule}\`. ${daily} daily, ${weekly} weekly and ${monthly} monthly copies are kept. restic encrypts them. What was written after the last copy is lost with a volume.${plain === undefined ? '' : ` **Requests are sent without TLS**: ${plain}.`}

| volume of | CronJob of copies | suspended CronJob that restores | a copy is without |
| --- | --- | --- | --- |
${rows.join('\n')}

To copy a volume now: \`kubectl -n ${namespace} create job --from=cronjob/${jobNames(stack, copies[0]!).backup} backup-1\`. \`docs/backup.md\` has the steps of a restore.`,
  ];
};
