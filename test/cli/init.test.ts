import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { type Ask, answersOf, type Choice } from '../../src/cli/init/answers.js';
import { type InitOptions, runInit } from '../../src/cli/init/run.js';
import { defaultAnswers, environmentName } from '../../src/cluster/defaults.js';
import { type ClusterFacts, clusterFacts } from '../../src/cluster/facts.js';
import { clusters } from '../cluster/clusters.js';
import { checked, readingOf, written } from '../cluster/environments.js';
import { pod } from '../cluster/objects.js';
import { repository } from '../output/command.js';
import { fill, temporaryFolder } from '../output/folder.js';
import { sample } from '../sample/content.js';

const list = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

let told: string;
beforeEach(() => {
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
  return () => vi.restoreAllMocks();
});

const run = (folder: string, options: Partial<InitOptions> = {}) => {
  const file = join(folder, 'cluster.json');
  if (!existsSync(file)) fill(folder, { 'cluster.json': list(clusters.k3s) });
  const runtime = { shipped: '/', importPackage: (name: string) => import(name) };
  return runInit(folder, { from: [file], name: 'home', yes: true, ...options }, runtime);
};
const fileIn = (folder: string, name = 'home') =>
  readFileSync(join(folder, `environments/${name}.ts`), 'utf8');

describe('init', () => {
  test('says what comes next, in the folder of the project', async () => {
    const folder = temporaryFolder();
    await run(folder);
    const path = relative('.', folder);
    expect(told).toContain(`Next: cd ${path} && npx crowsnest synth --environment home; `);
    expect(told).not.toContain('npm install');
  });

  test('says that a saved cluster does not exist', async () => {
    const file = join(temporaryFolder(), 'nosuch.json');
    await expect(run(temporaryFolder(), { from: [file] })).rejects.toThrow(
      `${file} does not exist.`,
    );
  });

  test('overwrites a file only with --force', async () => {
    const folder = fill(temporaryFolder(), { 'environments/home.ts': 'mine' });
    await expect(run(folder)).rejects.toThrow(/home\.ts exists, and is not changed.*--force/);
    expect(fileIn(folder)).toBe('mine');
    await run(folder, { force: true });
    expect(fileIn(folder)).toContain("platform: 'k3s'");
    const other = fill(temporaryFolder(), { 'environments/home.js': 'mine' });
    await expect(run(other)).rejects.toThrow(/home\.js exists/);
    await expect(run(other, { force: true })).rejects.toThrow(/home\.js exists/);
  });

  test('imports the package outside a clone', async () => {
    const folder = temporaryFolder();
    await run(folder);
    expect(fileIn(folder)).toMatch(/^import type .* from 'crowsnest';/);
  });

  test('also writes a repository into an empty folder, with the pinned package and no secret', async () => {
    const from = [join(fill(temporaryFolder(), { 'k3s.json': list(clusters.k3s) }), 'k3s.json')];
    const folder = fill(temporaryFolder(), { 'crowsnest-0.1.0.tgz': '', '.git/HEAD': '' });
    const runtime = { shipped: repository, importPackage: (name: string) => import(name) };
    await runInit(folder, { from, name: 'home', yes: true, install: false }, runtime);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(JSON.parse(read('package.json'))).toMatchObject({
      type: 'module',
      scripts: { synth: 'crowsnest synth', test: 'crowsnest test' },
      dependencies: { crowsnest: 'file:crowsnest-0.1.0.tgz', constructs: '10.8.1' },
    });
    for (const name of ['.github/workflows/crowsnest.yaml', '.gitlab-ci.yml']) {
      const { jobs = {}, ...rest } = parse(read(name));
      expect(JSON.stringify({ jobs, rest })).toMatch(
        /npm run check.*npm test.*crowsnest diff --git/,
      );
      expect(read(name)).toMatch(/^ {2}PROMETHEUS: '\d+\.\d+\.\d+'$/m);
    }
    expect(JSON.parse(read('renovate.json'))).toMatchObject({ extends: ['config:recommended'] });
    expect(read('README.md').trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(existsSync(join(folder, 'alerts/example.test.yaml'))).toBe(true);
    expect(fileIn(folder)).toMatch(/^import type .* from 'crowsnest';/);
    expect(told).toContain('Wrote a repository: package.json, ');
    expect(told).toMatch(/ && npm install && npx crowsnest synth .*\nCommit package-lock\.json/);
    await expect(runInit(folder, { from, name: 'home', yes: true }, runtime)).rejects.toThrow(
      /home\.ts exists/,
    );
  });

  test('says what is not in the file', async () => {
    const objects = clusters.k3s.filter(({ kind }) => kind === 'Node');
    const folder = fill(temporaryFolder(), { 'cluster.json': list(objects) });
    await run(folder);
    expect(told).toContain('Not read: Service: no object of this kind is in the file.');
    expect(told).toContain('cluster.apiServer.serviceAddress');
    expect(fileIn(folder)).toContain("// TO DO: serviceAddress: '10.96.0.1', not found:");
  });

  test('states that what was not read is unknown, instead of missing', async () => {
    const objects = clusters.k3s.filter(({ kind }) => kind === 'StorageClass');
    await run(fill(temporaryFolder(), { 'cluster.json': list(clusters.k3s) }));
    const whole = told;
    told = '';
    const folder = fill(temporaryFolder(), { 'cluster.json': list(objects) });
    await run(folder);
    const lines = [
      ['platform', /k3s/],
      ['DNS cache on nodes', /none/],
      ['network plugin', /flannel/],
      ['ways in', /traefik/],
      ['priority classes', /none of its own/],
      ['Prometheus operator', /none/],
      ['ports 9100, 9101 of nodes', /free/],
    ] as const;
    const valueIn = (text: string, name: string) =>
      text.split('\n').find((one) => one.startsWith(`  ${name} `));
    for (const [name, value] of lines) {
      expect(valueIn(told, name)).toMatch(/ {2}unknown/);
      if (name === 'platform' || name === 'ways in') expect(valueIn(whole, name)).toMatch(value);
    }
    expect(told).toMatch(/Wrote .*, with 2 values of the cluster\./);
    expect(told).toMatch(/To confirm or add by hand: cluster\.platform, /);
    expect(fileIn(folder)).toContain('an unknown number of nodes and an unknown number of pods');
    expect(fileIn(folder)).toContain('unknown which IngressClasses and Gateways');
    expect(fileIn(folder)).toContain('// TO CONFIRM: no Nodes were read');
    expect(`${told}${fileIn(folder)}`).not.toMatch(/no IngressClass|no sign|none of its own|free/);
  });

  test('uses neither Secrets nor the environment variables of pods', async () => {
    const env = [{ name: 'TOKEN', value: 'hunter2' }];
    const app = pod('shop', 'app');
    const leaky = { ...app, spec: { containers: [{ ...app.spec.containers[0], env }] } };
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'password' },
      data: { password: 'aHVudGVyMg==' },
    };
    const folder = fill(temporaryFolder(), {
      'cluster.json': list([...clusters.k3s, leaky, secret]),
    });
    await run(folder);
    expect(`${told}${fileIn(folder)}`).not.toMatch(/hunter2|aHVudGVyMg|TOKEN/);
  });

  test.each([
    [
      '{"apiVersion":"v1","kind":"List","items":[]}',
      'cluster.json has no object that describes the cluster. Save it with:\n  kubectl get --all-namespaces',
    ],
    [
      '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}',
      'cluster.json has no object that describes the cluster',
    ],
    ['{', 'cluster.json is not JSON'],
    ['{"a":"hunter2" x}', 'cluster.json is not JSON'],
    ['[]', 'cluster.json has no Kubernetes objects'],
    [list([{ a: 1 }]), 'cluster.json has no Kubernetes objects'],
  ])('rejects a file with %j', async (text, message) => {
    const folder = fill(temporaryFolder(), { 'cluster.json': text });
    const error = await run(folder).catch((reason) => `${reason.message}`);
    expect(error).toContain(message);
    expect(error).not.toContain('hunter2');
    expect(existsSync(join(folder, 'environments'))).toBe(false);
  });

  test('accepts the list of one kind, whose items have no kind', async () => {
    const items = clusters.k3s
      .filter(({ kind }) => kind === 'Node')
      .map(({ kind, apiVersion, ...one }) => one);
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'NodeList', items });
    const folder = fill(temporaryFolder(), { 'cluster.json': text });
    await run(folder);
    expect(fileIn(folder)).toContain("platform: 'k3s'");
  });
});

test.each([
  ['kind-laptop', 'laptop'],
  ['gke_project_europe-west1-b_shop', 'shop'],
  ['arn:aws:eks:eu-west-1:111122223333:cluster/prod', 'prod'],
  ['ann@shop.eu-west-1.eksctl.io', 'shop'],
  ['kubernetes-admin@kubernetes', 'kubernetes'],
  ['default/api-ocp-example-com:6443/kube:admin', 'api-ocp-example-com'],
  ['Team A / 1', 'team-a-1'],
  ['42', 'cluster'],
])('the context %s makes an environment %s', (context, name) => {
  expect(environmentName(context)).toBe(name);
});

/** Answers questions by the beginning of their texts; others get their default. */
const answering = (answers: Readonly<Record<string, string>>): Ask & { asked: string[] } => {
  const asked: string[] = [];
  const answerTo = (message: string) => {
    asked.push(message);
    return Object.entries(answers).find(([start]) => message.startsWith(start))?.[1];
  };
  return {
    asked,
    choose: async <T>(message: string, choices: readonly Choice<T>[]) => {
      const answer = answerTo(message);
      const choice = choices.find(({ label }) => answer === undefined || label === answer);
      if (!choice) throw new Error(`${message}: ${choices.map(({ label }) => label)}`);
      return choice.value;
    },
    enter: async (message, initial, problemOf) => {
      const answer = answerTo(message) ?? initial;
      const problem = problemOf(answer);
      if (problem) throw new Error(`${message}: ${problem}`);
      return answer;
    },
  };
};

const gateway = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'edge' },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'https', protocol: 'HTTPS' }] },
};
const proxy = pod('edge', 'public-istio-0', {
  labels: { 'gateway.networking.k8s.io/gateway-name': 'public' },
});

describe('the questions', () => {
  const cases = {
    nginx: {
      objects: clusters.kubeadm,
      answers: {
        Stage: 'production',
        'Subnets of all nodes': '10.20.0.0/16 10.21.0.0/16',
        'Who receives alerts': 'PagerDuty',
        'How users reach Grafana': 'an Ingress of the class nginx',
      },
    },
    alb: {
      objects: clusters.eks,
      answers: {
        'Who receives alerts': 'a channel of Slack',
        'How users reach Grafana': 'an Ingress of the class alb',
      },
    },
    istio: {
      objects: [...clusters.talos, gateway, proxy],
      answers: {
        'Who receives alerts': 'an address of e-mail',
        To: 'team@example.com',
        From: 'alerts@example.com',
        SMTP: 'mail.example.com',
        'How users reach Grafana': 'the Gateway edge/public',
        'Host name': 'dashboards.example.com',
      },
    },
    router: {
      objects: clusters.openshift,
      answers: {
        'Who receives alerts': 'a channel of Microsoft Teams',
        'How users reach Grafana': 'an Ingress of the class openshift-default',
      },
    },
    webhook: { objects: clusters.kind, answers: { 'Who receives alerts': 'a webhook' } },
  };

  test('lead to environments without an error', async () => {
    const texts: Record<string, string> = {};
    for (const [name, { objects, answers }] of Object.entries(cases)) {
      const facts = clusterFacts(readingOf(objects));
      const given = await answersOf(facts, defaultAnswers(facts, name), answering(answers), name);
      texts[name] = written(readingOf(objects), name, () => given).text;
    }
    const { built, ...findings } = await checked(texts, sample);
    expect(built).toHaveLength(Object.keys(cases).length);
    // What users still have to add: the first two only in production.
    expect(
      Object.values(findings)
        .flat()
        .map((text) => text.split(' ', 2).join(' ')),
    ).toEqual([
      'warning runbooks/relative-link',
      'warning spans/no-sender',
      'warning ingress/no-https',
    ]);
    expect(texts.nginx).toMatch(/controller: \{\n? *namespace: 'ingress-nginx'/);
    expect(texts.nginx).toContain("nodeCidrs: ['10.20.0.0/16', '10.21.0.0/16']");
    expect(texts.istio).toContain(
      "gateway: { namespace: 'edge', name: 'public', listener: 'https' }",
    );
    expect(texts.router).toMatch(/hostNetwork: true/);
  });

  const ask = (facts: ClusterFacts, answers: Readonly<Record<string, string>>) => {
    const asking = answering(answers);
    const done = answersOf(facts, defaultAnswers(facts, 'one'), asking, 'one');
    return { done, asked: asking.asked };
  };

  test('reject the name of an existing environment at once', async () => {
    const facts = clusterFacts(readingOf(clusters.kind));
    const refuse = () => 'environments/one.ts exists.';
    await expect(
      answersOf(facts, defaultAnswers(facts, 'one'), answering({}), undefined, refuse),
    ).rejects.toThrow('Name of the environment: environments/one.ts exists.');
  });

  test('offer nobody as a receiver only outside production', async () => {
    const facts = clusterFacts(readingOf(clusters.kind));
    expect((await ask(facts, {}).done).alerts).toEqual({ kind: 'nobody' });
    expect((await ask(facts, { Stage: 'production' }).done).alerts).toEqual({ kind: 'slack' });
  });

  test('do not offer a controller whose pods were not found', async () => {
    const objects = clusters.k3s.filter(({ metadata }) => !metadata.name.startsWith('traefik-'));
    const { done, asked } = ask(clusterFacts(readingOf(objects)), {});
    expect((await done).grafana).toEqual({ kind: 'port-forward' });
    expect(asked).not.toContain('How users reach Grafana');
  });

  test.each([
    ['Subnets of all nodes', '10.0.0.1', '10.0.0.1 is not a block'],
    ['Subnets of all nodes', ' ', 'At least one block'],
  ])('reject %s: %s', async (question, answer, problem) => {
    const facts = clusterFacts(readingOf(clusters.kind));
    await expect(ask(facts, { [question]: answer }).done).rejects.toThrow(problem);
  });
});
