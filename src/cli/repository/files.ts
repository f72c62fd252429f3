import { newFiles } from '../new/files.js';
import { packageLibrary } from '../new/library.js';
import { githubWorkflow, gitlabPipeline, renovate } from './ci.js';
import { type Manifest, packageFile } from './package.js';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const tsconfig = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
  include: [
    'environments',
    'dashboards',
    'alerts',
    'applications',
    'settings',
    'checks',
    'components',
  ],
};

const readme = `# Monitoring
The observability stack of our clusters, as [Crowsnest](node_modules/crowsnest/README.md) generates it from this repository.
- \`npm ci && npm run synth\` checks everything, and writes \`dist/\`, one folder for each file in \`environments/\`.
- \`npm test\` also tests the alerts, if promtool is in the PATH. \`npm run diff\` shows what a synth would change.
- \`npx crowsnest new dashboard NAME\` (or \`alert\`, \`environment\`, \`application\`) writes a file to edit.
- \`npx crowsnest preview --watch\` draws the dashboards in \`.preview/index.html\`, without Grafana and without data.
- Commit \`dist/\`: Argo CD, Flux or \`kubectl apply -f dist/ENVIRONMENT/\` deploys it, and \`npm test\` compares it.
- \`dist/ENVIRONMENT/README.md\` lists the Secrets that must exist, and what may connect to what.
- Upgrade: change the version in \`package.json\`, then \`npm install && npm run diff && npm run synth\`. Commit \`package-lock.json\`, which \`npm ci\` needs.
- Documentation: \`node_modules/crowsnest/docs/\`; a finding: \`npx crowsnest explain CODE\`.
`;

/** The files of a repository, by their paths; environments are written separately. */
export const repositoryFiles = (
  folder: string,
  manifest: Manifest,
  prometheus: string,
): Readonly<Record<string, string>> => ({
  'package.json': json(packageFile(folder, manifest)),
  'tsconfig.json': json(tsconfig),
  // cdk8s-cli empties the output folder before the app starts; the app writes dist/.
  'cdk8s.yaml': 'language: typescript\napp: npx crowsnest synth\noutput: .cdk8s\n',
  '.gitignore': 'node_modules/\n.cdk8s/\n.preview/\n',
  '.github/workflows/crowsnest.yaml': githubWorkflow(prometheus),
  '.gitlab-ci.yml': gitlabPipeline(prometheus),
  'renovate.json': json(renovate),
  'README.md': readme,
  'checks/.gitkeep': '',
  ...newFiles('dashboard', 'example', packageLibrary),
  ...newFiles('alert', 'example', packageLibrary),
});
