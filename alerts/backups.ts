import { firingAlerts } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

const of = (metric: string): string => `max by (namespace, cronjob) (${metric})`;

/** Seconds since the last success; of a CronJob that has never succeeded, since it was created. */
const age = (kind: string): string =>
  `time() - (${of(`kube_cronjob_status_last_successful_time{cronjob=~".+-${kind}-.+"}`)} or ${of(`kube_cronjob_created{cronjob=~".+-${kind}-.+"}`)})`;

/** Seconds between two runs, as the schedule states. */
const period = `(${of('kube_cronjob_next_schedule_time')} - ${of('kube_cronjob_status_last_schedule_time')})`;

/** The CronJobs in the namespace of Prometheus, which is the stack's own. */
const own = 'and on (namespace) up{job="prometheus"}';

/** No success for some periods, unless no job starts at all: CronJobLate reports that. */
const overdue = (kind: string, periods: number): string =>
  `${age(kind)} > ${periods} * ${period} ${own} unless on (namespace, cronjob) ${firingAlerts('CronJobLate')}`;

// A job may run for twelve hours, and a schedule may have gaps, such as a weekend.
const longestRun = '12h';
const subject = 'cronjob {{ $labels.cronjob }}';

export default alertGroup({
  needs: ['kube-state-metrics', 'prometheus', 'configured:backups'],
  dashboard: 'backups',
  thresholds: { copyPeriods: 2, verificationPeriods: 2 },
  rules: ({ copyPeriods, verificationPeriods }) => ({
    alerts: [
      {
        alert: 'BackupOld',
        expr: overdue('backup', copyPeriods),
        for: longestRun,
        severity: 'warning',
        subject,
        summary: 'The newest copy of cronjob/{{ $labels.cronjob }} is too old.',
        description:
          'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} has not copied its volume for {{ $value | humanizeDuration }}: several runs have not succeeded.',
      },
      {
        alert: 'BackupNotVerified',
        expr: overdue('verify', verificationPeriods),
        for: longestRun,
        severity: 'warning',
        subject,
        summary: 'cronjob/{{ $labels.cronjob }} has verified no copy for too long.',
        description:
          'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} has not verified a copy for {{ $value | humanizeDuration }}: several runs have not succeeded.',
      },
    ],
  }),
});
