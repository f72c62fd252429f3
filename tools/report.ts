import { alerts } from './report/alerts.js';
import { dashboards } from './report/dashboards.js';
import { prometheus } from './report/prometheus.js';
import type { Section } from './report/section.js';

const sections: readonly Section[] = [dashboards, prometheus, alerts];

for (const section of sections) {
  const { title, figures } = await section();
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  console.log(title);
  for (const [name, value] of Object.entries(figures)) {
    console.log(`  ${name.padEnd(width)}  ${value}`);
  }
}
