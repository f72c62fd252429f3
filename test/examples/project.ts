import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { synthesize } from '../../src/synthesize.js';
import { minimal } from '../environment.js';
import { oneAtATime } from '../one-at-a-time.js';
import { repository } from '../output/command.js';
import { type FileContent, fill } from '../output/folder.js';

/** The files of a project, by path; a file without a content does not exist. */
export type Files = Readonly<Record<string, FileContent | undefined>>;

/** Code whose imports lead to the sources, without the ellipses of an example. */
export const standalone = (code: string): string =>
  code
    .replace(/'\.\.\/src\/(.*)\.[jt]s'/g, `'file://${repository}/src/$1.ts'`)
    .replaceAll(/,?\s*…/g, '');

/** Code for examples: the library, and values for the parts that they leave out. */
export const moduleOf = (code: string): string =>
  standalone(`import * as library from '../src/index.ts';
const { application, availability, health, latency, metrics, offer, optional, postgres, required, severities, without, defineCheck, redis, workload } = library;
const alert = {
  alert: 'ShopDown', expr: 'up == 0', severity: 'warning', summary: 'a', description: 'b',
};
const alertGroup = (options) =>
  library.alertGroup({ needs: ['prometheus'], rules: () => ({ alerts: [alert] }), ...options });
const dashboard = (options) =>
  library.dashboard({ title: 'Shop', description: 'a', folder: 'Shop', rows: [], ...options });
const at = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } };
const party = { name: 'shop', workloads: { shop: at }, endpoints: {}, consumes: [] };
const component = { endpoints: {}, consumes: [], render() {} };
const each = (all, rest) =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, { ...rest, ...one }]));
${code}
`);

/** An environment's file: options of the example, or an expression that has it as \`example\`. */
export const environmentOf = (example = '', options = 'example'): string =>
  moduleOf(`const example = { ${example}
};
export default { ...${JSON.stringify(minimal)}, ...${options} };`);

const unitTest = (name: string): string => `rule_files: [${name}.yaml]
tests:
  - alert_rule_test:
      - alertname: ShopDown
        exp_alerts: [{}]
      - alertname: ShopDown
        exp_alerts: []
`;

/** The three files of an alert group with the alert ShopDown. */
export const groupFiles = (
  code = 'export default alertGroup({});',
  name = 'shop',
): Record<string, string> => ({
  [`alerts/${name}.ts`]: moduleOf(code),
  [`alerts/${name}.md`]:
    '## ShopDown\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n',
  [`alerts/${name}.test.yaml`]: unitTest(name),
});

/** The codes of the findings of a synthesis of a project with these files. */
export const codesIn = async (
  files: Files,
  staging?: string,
  strict?: readonly string[],
): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-example-'));
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  if (staging) vi.stubEnv('CDK8S_OUTDIR', join(folder, staging));
  try {
    const all = Object.entries({ 'environments/production.ts': environmentOf(), ...files });
    fill(folder, Object.fromEntries(all.flatMap(([path, text]) => (text ? [[path, text]] : []))));
    const { findings } = await synthesize(
      {
        environments: join(folder, 'environments'),
        content: [folder],
        out: join(folder, 'dist'),
        imagesLock: join(folder, 'images.lock'),
        load: oneAtATime(),
        ...(strict && { strict }),
      },
      join(folder, 'nothing-ships'),
    );
    return [...new Set(findings.map(({ code }) => code))].sort();
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
};
