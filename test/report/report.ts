import { alerts } from './alerts.js';
import { dashboards } from './dashboards.js';
import type { Section } from './section.js';

const sections: readonly Section[] = [dashboards, alerts];

for (const section of sections) {
  const { title, figures } = await section();
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  console.log(title);
  for (const [name, value] of Object.entries(figures)) {
    console.log(`  ${name.padEnd(width)}  ${value}`);
  }
}
