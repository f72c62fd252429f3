import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './clone.js';
import type { Page } from './page.js';

const offline = '--prefer-offline --no-audit --no-fund';
const taken = [
  'environments/acceptance.ts',
  'dashboards/checkout.ts',
  'alerts/checkout.ts',
  'alerts/checkout.md',
  'alerts/checkout.test.yaml',
];

/** Installs the package of a clone in a new project, and synthesizes files of the clone there. */
export const useInProject = ({ blocks, inline }: Page, clone: string, project: string): void => {
  for (const folder of ['environments', 'dashboards', 'alerts']) {
    mkdirSync(join(project, folder), { recursive: true });
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const [archive = ''] = readdirSync(clone).filter((name) => name.endsWith('.tgz'));
  renameSync(join(clone, archive), join(project, archive));
  const install = inline(/npm install crowsnest-[\d.]+\.tgz tsx/);
  run(project, 'sh', '-c', `${install.replace(/crowsnest-\S+/, archive)} ${offline}`);
  for (const path of taken) {
    const text = readFileSync(join(clone, path), 'utf8');
    const outside = text.replace(/'\.\.\/src\/(index|content\/[-a-z]+)\.js'/g, "'crowsnest'");
    writeFileSync(join(project, path), outside);
  }
  const [main] = blocks('ts', 'main.ts');
  writeFileSync(join(project, 'main.ts'), main!.text);
  run(project, 'sh', '-c', inline(/node --import tsx main\.ts/));
  readdirSync(join(project, 'dist/acceptance'));
};
