import type { Library } from './library.js';

/** The scrape job that an alert is about, and the namespace of its pods. */
export interface AlertSubject {
  readonly job: string;
  readonly namespace: string;
}

/** The three files of a new group, by extension. They pass all tests, and the user edits them. */
export const newAlert = (
  subject: string,
  { alertGroup }: Library,
  { job, namespace }: AlertSubject = { job: 'prometheus', namespace: 'crowsnest' },
): Readonly<Record<string, string>> => {
  const name = subject.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  const alert = `${name}Down`;
  return {
    '.ts': `import { alertGroup } from '${alertGroup}';

export default alertGroup({
  // Scrape jobs that the expressions query.
  needs: ['${job}'],
  // Defaults, which an environment can change: with({ downShare: 0.5 }).
  thresholds: { downShare: 0.25 },
  rules: ({ downShare }) => ({
    alerts: [
      {
        // EDIT: this is an example, which the alert TargetsDown already covers.
        alert: '${alert}',
        expr: \`1 - avg by (job) (up{job="${job}"}) > \${downShare}\`,
        for: '10m',
        keepFiringFor: '5m',
        // critical: a person acts within the hour; warning: a ticket; info: only for other alerts.
        severity: 'warning',
        summary: 'Part of {{ $labels.job }} is down.',
        description:
          '{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} do not answer.',
      },
    ],
  }),
});
`,
    '.test.yaml': `rule_files: [${subject}.yaml]
evaluation_interval: 1m
tests:
  - name: ${alert} fires when half of a job has been down for ten minutes
    interval: 1m
    input_series:
      - series: up{job="${job}", instance="a"}
        values: 0x30
      - series: up{job="${job}", instance="b"}
        values: 1x30
    alert_rule_test:
      - eval_time: 9m
        alertname: ${alert}
        exp_alerts: []
      - eval_time: 10m
        alertname: ${alert}
        exp_alerts:
          - exp_labels: { job: ${job}, severity: warning, subject: ${alert} }
            exp_annotations:
              summary: Part of ${job} is down.
              description: 50% of the targets of ${job} do not answer.
  - name: ${alert} does not fire when a quarter of a job is down
    interval: 1m
    input_series:
      - series: up{job="${job}", instance="down"}
        values: 0x30
      - series: up{job="${job}", instance="a"}
        values: 1x30
      - series: up{job="${job}", instance="b"}
        values: 1x30
      - series: up{job="${job}", instance="c"}
        values: 1x30
    alert_rule_test:
      - eval_time: 25m
        alertname: ${alert}
        exp_alerts: []
`,
    '.md': `# ${name}

## ${alert}

**Meaning.** EDIT: the condition under which it fires.
**Impact.** EDIT: what does not work, and for whom.
**Diagnosis.** EDIT: \`up{job="${job}"} == 0\` names the targets; \`kubectl -n ${namespace} get pods\` shows their state.
**Remedy.** EDIT: how to fix it.
`,
  };
};
