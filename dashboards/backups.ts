import { cluster, dashboard, table, timeSeries } from '../src/content/grafana.js';

const own = 'and on (namespace) up{job="prometheus", cluster=~"$cluster"}';
const of = (metric: string, kind: string) =>
  `max by (cronjob) (${metric}{cronjob=~".+-${kind}-.+", cluster=~"$cluster"} ${own})`;
const age = (kind: string) => `time() - ${of('kube_cronjob_status_last_successful_time', kind)}`;
const both = '(backup|verify)';

export default dashboard({
  title: 'Backups',
  description: 'Copies of the volumes of the stack, and their verification.',
  folder: 'Crowsnest',
  needs: ['kube-state-metrics', 'prometheus', 'configured:backups'],
  links: ['stack-health', 'persistent-volumes'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        table({
          title: 'CronJobs',
          description:
            'Copies and verifications by CronJob. Bad: the last success is older than two periods of the schedule.',
          width: 24,
          empty: 'no success yet',
          labels: { cronjob: 'CronJob' },
          columns: {
            'Last success': { unit: 's', query: age(both) },
            'Next run in': {
              unit: 's',
              query: `${of('kube_cronjob_next_schedule_time', both)} - time()`,
            },
          },
          sortBy: 'Last success',
        }),
      ],
    },
    {
      title: 'Age',
      panels: [
        timeSeries({
          title: 'Age of the last copy',
          description:
            'Time since a volume was copied. Bad: more than two periods of the schedule.',
          unit: 's',
          empty: 'no copy yet',
          queries: { '{{cronjob}}': age('backup') },
        }),
        timeSeries({
          title: 'Age of the last verification',
          description:
            'Time since a copy was restored and opened. Bad: more than two periods of the schedule.',
          unit: 's',
          empty: 'no verification yet',
          queries: { '{{cronjob}}': age('verify') },
        }),
      ],
    },
    {
      title: 'Jobs',
      panels: [
        timeSeries({
          title: 'Duration',
          description:
            'Time from the last scheduled start to the last success. Bad: close to 12 hours, when a job is stopped.',
          unit: 's',
          empty: 'no success yet',
          queries: {
            '{{cronjob}}': `${of('kube_cronjob_status_last_successful_time', both)} - ${of('kube_cronjob_status_last_schedule_time', both)} > 0`,
          },
        }),
        timeSeries({
          title: 'Failed jobs',
          description: 'Jobs that failed and are still kept. Bad: any.',
          unit: 'short',
          empty: 'none',
          queries: {
            '{{job_name}}': `max by (job_name) (kube_job_failed{condition="true", job_name=~".+-${both}-.+", cluster=~"$cluster"} ${own}) > 0`,
          },
        }),
      ],
    },
  ],
});
