/** Writes dashboards/<subject>.ts: a dashboard that passes every check, as a start. */
import { existsSync, writeFileSync } from 'node:fs';
import { newDashboard } from './dashboard-template.js';

const [subject = ''] = process.argv.slice(2);
const file = `dashboards/${subject}.ts`;
const refuse = (reason: string): never => {
  process.stderr.write(`${reason}\nUsage: npm run new:dashboard -- <subject>\n`);
  process.exit(1);
};
if (!/^[a-z][a-z0-9-]{0,39}$/.test(subject)) {
  refuse(
    'A subject is a name of up to 40 lower-case letters, digits and dashes, such as checkout.',
  );
}
if (existsSync(file)) refuse(`${file} already exists.`);
writeFileSync(file, newDashboard(subject));
process.stdout.write(`Wrote ${file}. Change its queries, then: npm run synth\n`);
