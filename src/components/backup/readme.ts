import { jobNames } from './names.js';
import type { BackupOptions } from './options.js';

/** What the generated README states about backups. */
export const backupSection = ({
  bucket,
  prefix,
  schedule,
  verification,
  keep,
  copies,
  names,
}: BackupOptions): string[] => {
  if (copies.length === 0) return [];
  const { stack, namespace } = names;
  const rows = copies.map((one) => {
    const { backup, verify, restores } = jobNames(stack, one);
    const code = (all: readonly string[]) => all.map((name) => `\`${name}\``).join(', ');
    const made = one.stopped ? `${code([backup])}, suspended` : code([backup]);
    return `| ${one.workload} | ${made} | ${code([verify])} | ${code(restores)} | ${one.loss} |`;
  });
  const { daily, weekly, monthly } = keep;
  const plain = bucket.plainHttp;
  return [
    `## Backups
Volumes are copied to the folder \`${prefix}\` of the bucket \`${bucket.name}\` on the schedule \`${schedule}\`. ${daily} daily, ${weekly} weekly and ${monthly} monthly copies are kept. restic encrypts them. The newest one of each is restored to an empty volume and opened on the schedule \`${verification}\`. What was written after the last copy is lost with a volume.${plain === undefined ? '' : ` **Requests are sent without TLS**: ${plain}.`}

| volume of | CronJob of copies | CronJob that verifies | suspended CronJob that restores | a copy is without |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

${stoppedText(copies)}To copy a volume now: \`kubectl -n ${namespace} create job --from=cronjob/${jobNames(stack, copies[0]!).backup} backup-1\`. \`docs/backup.md\` has the steps of a restore.`,
  ];
};

/** The volumes that no schedule copies. */
const stoppedText = (copies: BackupOptions['copies']): string => {
  const names = copies.filter(({ stopped }) => stopped).map(({ workload }) => workload);
  return names.length === 0
    ? ''
    : `**No schedule copies the volume of ${names.join(' and ')}**: a copy is consistent only while the pod does not run. \`docs/backup.md\` has the steps.\n\n`;
};
