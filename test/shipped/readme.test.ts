import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { definitions } from '../../src/components/index.js';
import { validate } from '../../src/environment/validate.js';
import { report } from '../../src/output/report.js';
import { minimal } from '../environment.js';
import { codesIn, standalone } from '../examples/project.js';
import { blocksIn, withOptions } from '../readme/block.js';
import { allPages, instructions, textOf } from '../readme/pages.js';

const repository = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(repository, path), 'utf8');
const readme = instructions.map(textOf).join('\n');
const everything = allPages.map(textOf).join('\n');

describe('the README and the pages with instructions', () => {
  it.each(['development', 'staging', 'production'])('has the requests of %s', (environment) => {
    const generated = read(`dist/${environment}/README.md`);
    const [, objects, cpu, memory] =
      /: (\d+) objects that request (\S+) CPU and (\S+) of memory/.exec(generated) ?? [];
    expect(readme).toMatch(
      new RegExp(`^ ${environment} +${objects} +\\d+ +${cpu} CPU, ${memory} `, 'm'),
    );
  });

  it('names every component that can be disabled', () => {
    const [, list = ''] = /These keys have `enabled`: ([^.]+)\./.exec(readme) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, key]) => key);
    expect(named).toEqual(Object.keys(definitions));
  });

  const options = blocksIn(readme).filter(({ mark }) => mark === 'options');
  const [environment] = blocksIn(readme).filter(({ mark }) => mark === 'environment');

  it('has one block of options below a heading', () => {
    const headings = options.map(({ heading }) => heading);
    expect(headings).toEqual([...new Set(headings)]);
    expect(headings).toEqual(
      expect.arrayContaining([
        'A server outside the cluster',
        'Change an object without an option',
      ]),
    );
  });

  // One with a threshold needs the alerts that ship: `npx tsx tools/readme.ts` adds all to an environment.
  const alone = options.filter(({ text }) => !text.includes("from '../alerts/"));

  it.each(alone.map((one) => [one.heading, one.text]))(
    'has options that synth accepts: %s',
    async (_heading, text) => {
      const codes = await codesIn({
        'environments/production.ts': undefined,
        'environments/example.ts': standalone(withOptions(environment!.text, text)),
      });
      // The project has no rule files whose severities could be mapped, and not each part of a page has log agents.
      const partial = ['content/unused-severity', 'connections/no-logs'];
      expect(codes.filter((code) => !partial.includes(code))).toEqual([]);
    },
  );

  it('has an application that synth accepts', async () => {
    const [application] = blocksIn(readme).filter(({ mark }) => mark === 'application');
    const codes = await codesIn({ 'applications/orders.ts': standalone(application!.text) });
    expect(codes).toEqual([]);
  });

  it('shows a mistake as it is told', () => {
    const options = { ...minimal, prometheus: { retenton: '15d' } };
    const { findings } = validate(options, 'staging', 'environments/staging.ts');
    const found = findings.map((one) => ({ ...one, place: { ...one.place, line: 16 } }));
    const plain = pc.createColors(false);
    expect(readme).toContain(`\`\`\`\n${report(found, plain, 'everything')}\`\`\`\n`);
  });

  it('names all imports of content and environments, and the package exports them', () => {
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
    expect([...files].filter((file) => !everything.includes(`\`${file}\``))).toEqual([]);
    const names = new Set(
      imports.flatMap(([, names = '']) => names.match(/\b(?!type\b)\w+/g) ?? []),
    );
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(exported))).toEqual([]);
  });

  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const tools = readdirSync(resolve(repository, 'tools')).filter((name) => name.endsWith('.ts'));

  it('has a row for every npm command', () => {
    const rows = [...everything.matchAll(/^\| `npm (?:run )?([a-z:]+)/gm)].map(([, name]) => name);
    // npm pack runs this command.
    expect(
      Object.keys(scripts).filter((name) => name !== 'prepack' && !rows.includes(name)),
    ).toEqual([]);
  });

  it('has a row for every program of maintainers', () => {
    const rows = [...everything.matchAll(/^\| `([a-z-]+\.ts)` \|/gm)].map(([, name]) => name);
    // `npm run docs` starts this program.
    expect(rows.sort()).toEqual(tools.filter((name) => name !== 'docs.ts').sort());
  });

  it('has only existing npm commands and programs', () => {
    const named = (pattern: RegExp): string[] =>
      [...everything.matchAll(pattern)].map(([, name = '']) => name);
    expect(named(/npm run ([a-z:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
    expect(named(/tools\/([a-z-]+\.ts)/g).filter((name) => !tools.includes(name))).toEqual([]);
  });
});
