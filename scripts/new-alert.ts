import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The three files of a new group, by extension. They pass all tests, and the user edits them. */
export const skeletons = (subject: string): Readonly<Record<string, string>> => {
  const name = subject.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  const alert = `${name}Down`;
  return {
    '.ts': `import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  // Scrape jobs that the expressions query.
  needs: ['prometheus'],
  // Defaults, which an environment can change: with({ downShare: 0.5 }).
  thresholds: { downShare: 0.25 },
  rules: ({ downShare }) => ({
    alerts: [
      {
        // EDIT: this is an example, which the alert TargetsDown already covers.
        alert: '${alert}',
        expr: \`1 - avg by (job) (up{job="prometheus"}) > \${downShare}\`,
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
      - series: up{job="prometheus", instance="a"}
        values: 0x30
      - series: up{job="prometheus", instance="b"}
        values: 1x30
    alert_rule_test:
      - eval_time: 9m
        alertname: ${alert}
        exp_alerts: []
      - eval_time: 10m
        alertname: ${alert}
        exp_alerts:
          - exp_labels: { job: prometheus, severity: warning, subject: ${alert} }
            exp_annotations:
              summary: Part of prometheus is down.
              description: 50% of the targets of prometheus do not answer.
  - name: ${alert} does not fire when a quarter of a job is down
    interval: 1m
    input_series:
      - series: up{job="prometheus", instance="down"}
        values: 0x30
      - series: up{job="prometheus", instance="a"}
        values: 1x30
      - series: up{job="prometheus", instance="b"}
        values: 1x30
      - series: up{job="prometheus", instance="c"}
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
**Diagnosis.** EDIT: \`up{job="prometheus"} == 0\` names the targets; \`kubectl -n crowsnest get pods\` shows their state.
**Remedy.** EDIT: how to fix it.
`,
  };
};

const main = (subject: string | undefined): string | undefined => {
  if (!subject || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(subject)) {
    return 'The subject must be a name of lower-case letters, digits and dashes: npm run new:alert -- checkout';
  }
  const folder = fileURLToPath(new URL('../alerts/', import.meta.url));
  const files = Object.entries(skeletons(subject)).map(([extension, text]) => ({
    path: join(folder, `${subject}${extension}`),
    text,
  }));
  const taken = files.find(({ path }) => existsSync(path));
  if (taken) return `${relative(process.cwd(), taken.path)} already exists.`;
  for (const { path, text } of files) {
    writeFileSync(path, text);
    console.log(relative(process.cwd(), path));
  }
  console.log(`Edit them, then: npm run synth && npm run test:alerts -- ${subject}`);
  console.log('test:alerts needs promtool: npm run engines -- prometheus builds it, with Go.');
  return undefined;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const fault = main(process.argv[2]);
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
  }
}
