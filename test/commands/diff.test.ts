import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill } from '../output/folder.js';
import { crowsnest } from './command.js';

const environment = (name: string, options: object = {}) =>
  `export default ${JSON.stringify({ ...minimal, cluster: { ...minimal.cluster, name }, ...options })};\n`;

const files = (options: object = {}) => ({
  'environments/one.ts': `import { shared } from '../shared/shared.js';\n${environment('one', options).replace('{', '{ ...shared, ')}`,
  'shared/shared.ts': 'export const shared = {};\n',
  'environments/two.ts': environment('two', { size: 'medium' }),
});

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd });

test('diff compares with what is published, and with a Git revision; synth reports the same in one line', async () => {
  const folder = clone(files());
  expect((await crowsnest(folder, 'diff')).stdout).toBe(
    'one: a new environment\n\ntwo: a new environment\n',
  );
  await crowsnest(folder, 'synth');
  git(folder, 'init', '--quiet');
  git(folder, 'add', 'dist', 'environments');
  git(folder, 'commit', '--quiet', '--message', 'before');
  expect(await crowsnest(folder, 'diff', '--exit-code')).toEqual({
    status: 0,
    stdout: 'one: no change\n\ntwo: no change\n',
    stderr: '',
  });

  fill(folder, files({ grafana: { memoryLimit: '1Gi' } }));
  const before = contentOf(join(folder, 'dist'));
  const { status, stdout } = await crowsnest(folder, 'diff', '-e', 'one', '--exit-code');
  expect(contentOf(join(folder, 'dist'))).toEqual(before);
  expect({ status, stdout: `\n${stdout}` }).toMatchInlineSnapshot(`
    {
      "status": 1,
      "stdout": "
    one: 1 workload restarts, 2 resources

    Options that cause it
      grafana.memoryLimit not set → '1Gi': 1 workload restarts, 2 resources

    Workloads
      ~ StatefulSet crowsnest/crowsnest-grafana restarts
          env[GOMEMLIMIT] value of grafana 460MiB → 921MiB
          resources of grafana
          resources of make-credentials

    Resources and volumes
      ~ StatefulSet crowsnest/crowsnest-grafana, grafana: limits memory 512Mi → 1Gi
      ~ StatefulSet crowsnest/crowsnest-grafana, make-credentials: limits memory 512Mi → 1Gi
      ~ all pods, with the node agents of one node: memory limits 3.72Gi → 4.22Gi
    ",
    }
  `);

  expect((await crowsnest(folder, 'synth')).stderr).toMatch(
    / one .* 1 workload restarts, 2 resources\n two .* unchanged\n/,
  );
  const markdown = await crowsnest(folder, 'diff', '--git', 'HEAD', '--markdown');
  expect({ ...markdown, stdout: `\n${markdown.stdout}` }).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "
    ### one: 1 workload restarts, 2 resources

    #### Options that cause it
    - \`grafana.memoryLimit\` \`not set\` → \`'1Gi'\`: 1 workload restarts, 2 resources

    #### Workloads
    - \`StatefulSet crowsnest/crowsnest-grafana\` **restarts**
      - \`env[GOMEMLIMIT] value of grafana\` \`460MiB\` → \`921MiB\`
      - \`resources of grafana\`
      - \`resources of make-credentials\`

    #### Resources and volumes
    - \`StatefulSet crowsnest/crowsnest-grafana, grafana\`: \`limits memory\` \`512Mi\` → \`1Gi\`
    - \`StatefulSet crowsnest/crowsnest-grafana, make-credentials\`: \`limits memory\` \`512Mi\` → \`1Gi\`
    - \`all pods, with the node agents of one node\`: \`memory limits\` \`3.72Gi\` → \`4.22Gi\`

    ### two: no change
    ",
    }
  `);
});

test('diff compares two environments, with all values as JSON', async () => {
  const { status, stdout } = await crowsnest(
    clone(files()),
    'diff',
    'two',
    '--with',
    'one',
    '--json',
  );
  const [{ changes, options, ...comparison }, ...others] = JSON.parse(stdout).environments;
  expect({ status, comparison, others }).toEqual({
    status: 0,
    comparison: { environment: 'one → two', isNew: false, summary: expect.any(String) },
    others: [],
  });
  expect(changes).toContainEqual({
    section: 'resources',
    kind: 'changed',
    subject: 'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0',
    details: [{ what: 'size', before: '10Gi', after: '100Gi' }],
  });
  expect(options).toEqual([
    {
      option: 'cluster.name',
      before: "'one'",
      after: "'two'",
      causes: [
        { section: 'workloads', subject: 'StatefulSet crowsnest/crowsnest-alertmanager' },
        { section: 'configuration', subject: 'global' },
      ],
    },
    { option: 'size', before: "'small'", after: "'medium'", causes: expect.any(Array) },
  ]);
  expect(options[1].causes).toContainEqual({
    section: 'resources',
    subject: 'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0',
  });
});

test.each([
  [['--git', 'no-such'], "Git has no revision 'no-such' here."],
  [['two', '--with', 'tow'], "Did you mean 'two'?"],
  [['--cluster'], '--cluster compares one environment with its cluster: name it.'],
])('diff %j is wrong usage', async (args, message) => {
  const folder = clone(files());
  git(folder, 'init', '--quiet');
  expect(await crowsnest(folder, 'diff', ...args)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('an environment whose file was deleted is shown as removed, which is a difference', async () => {
  const folder = clone(files());
  expect((await crowsnest(folder, 'synth')).status).toBe(0);
  rmSync(join(folder, 'environments/two.ts'));
  const { status, stdout } = await crowsnest(folder, 'diff', '--exit-code');
  expect([status, stdout]).toEqual([
    1,
    expect.stringContaining('two (removed: this environment no longer exists): '),
  ]);
  expect(stdout).toContain('one: no change');
});
