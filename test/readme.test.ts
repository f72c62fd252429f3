import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { validate } from '../src/config/validate.js';
import { report } from '../src/output/report.js';
import { minimal } from './environment.js';

const repository = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(resolve(repository, path), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it('has the picture of the development environment', () => {
    const [picture] = /```mermaid\n[^`]+```/.exec(read('dist/development/README.md')) ?? [];
    expect(readme).toContain(picture);
  });

  it.each(['development', 'staging', 'production'])('states what %s costs', (environment) => {
    const generated = read(`dist/${environment}/README.md`);
    const [, objects, cpu, memory] =
      /: (\d+) objects that request (\S+) CPU and (\S+) of memory/.exec(generated) ?? [];
    expect(readme).toMatch(
      new RegExp(`^ ${environment} +${objects} +\\d+ +${cpu} CPU, ${memory} `, 'm'),
    );
  });

  it('shows a mistake as it is told', () => {
    const options = { ...minimal, prometheus: { retenton: '15d' } };
    const { findings } = validate(options, 'staging', 'environments/staging.ts');
    const plain = pc.createColors(false);
    expect(readme).toContain(`\`\`\`\n${report(findings, plain, 'everything')}\`\`\`\n`);
  });

  it('names all that content and environments import from, and the package exports it', () => {
    const exported = read('src/index.ts');
    const imports = ['alerts', 'dashboards', 'environments'].flatMap((folder) =>
      readdirSync(resolve(repository, folder), 'utf8')
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [
          ...read(`${folder}/${name}`).matchAll(/^import ([^;]+) from '(\.\.\/src\/[^']+)';/gm),
        ]),
    );
    expect(imports.length).toBeGreaterThan(20);
    const files = new Set(imports.map(([, , file]) => file));
    expect([...files].filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
    const names = new Set(
      imports.flatMap(([, names = '']) => names.match(/\b(?!type\b)\w+/g) ?? []),
    );
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
  });

  it('has a row for every npm command', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const rows = [...readme.matchAll(/^\| `npm (?:run )?([a-z:]+)/gm)].map(([, name]) => name);
    // npm pack runs it.
    expect(
      Object.keys(scripts).filter((name) => name !== 'prepack' && !rows.includes(name)),
    ).toEqual([]);
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(8);
    for (const path of links)
      expect(() => read(path.replace(/\/$/, '/.')), path).not.toThrow(/ENOENT/);
  });

  it('names npm commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
