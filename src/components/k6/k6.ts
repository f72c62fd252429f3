import { type LoadTest, type ScenarioName, scenarioNames } from '../../config/load-test.js';
import type { Resources } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { cronJob } from '../../kubernetes/cron-job.js';
import { serviceAccount } from '../../kubernetes/service-account.js';
import { authenticationOf, connectionsFor } from '../../model/connection.js';
import { optional, required } from '../../model/consumption.js';
import type { Endpoint } from '../../model/endpoint.js';
import { clusterCaPath, objectName } from '../../model/identity.js';
import type { Component } from '../../model/party.js';
import type { DeclaredPrerequisite, SecretReference } from '../../model/prerequisite.js';
import { formatBytes, quantityValue } from '../../model/quantity.js';
import type { Outgoing } from '../../model/wiring.js';
import { scriptFile, scriptFolder } from './file.js';
import { program } from './program.js';
import { runOf } from './scenario.js';
import { testScript } from './test-script.js';
import { variablesOf } from './variable.js';

export interface K6Options {
  readonly tests: readonly LoadTest[];
  /** Resources of each run, at least. */
  readonly resources: Resources;
}

/** The workload of the load test of an application. */
export const loadWorkload = ({ application }: Pick<LoadTest, 'application'>): string =>
  `k6-${application}`;

/** The name of the CronJob of a scenario. */
export const cronJobName = (stack: string, application: string, scenario: ScenarioName): string =>
  objectName(stack, `${loadWorkload({ application })}-${scenario}`);

/** The scenarios of a load test, from the lightest to the longest. */
export const scenariosOf = ({ scenarios }: Pick<LoadTest, 'scenarios'>): ScenarioName[] =>
  scenarioNames.filter((name) => scenarios[name]);

/**
 * k6: a suspended CronJob for each scenario of each load test. Nothing runs until somebody creates a Job from one.
 * Each application has its own workload, so that the policies allow only its own target.
 */
export const k6 = ({ tests, resources }: K6Options): Component => ({
  name: 'k6',
  workloads: Object.fromEntries(
    tests.map((one) => [loadWorkload(one), { kind: 'own', namespace: 'stack' }]),
  ),
  endpoints: {},
  consumes: tests.flatMap((one) => {
    const workload = loadWorkload(one);
    return [
      required('dns', { workload }),
      required('load', { variant: one.application, workload }),
      // Without Prometheus, the results are only in the log.
      optional('results', { workload }),
    ];
  }),
  prerequisites: tests.flatMap(secretsOf),
  programs: { k6: program },
  render: (scope, wiring) => {
    for (const test of tests) {
      const key = loadWorkload(test);
      const { identity } = wiring.workloads[key]!;
      const ofTest = wiring.outgoing.filter(({ consumer }) => consumer.workload === key);
      const [target] = connectionsFor(ofTest, 'load');
      const [receiver] = connectionsFor(ofTest, 'results');
      const names = scenariosOf(test);
      serviceAccount(scope, identity);
      const scripts = mountFiles(
        scope,
        identity,
        'scripts',
        scriptFolder,
        names.map((name) =>
          writeFile(scriptFile, testScript(test, name, target!.url!), {
            path: `${scriptFolder}/${name}.js`,
          }),
        ),
      );
      for (const name of names) {
        cronJob(
          scope,
          wiring,
          key,
          cronJobName(wiring.setting.names.stack, test.application, name),
          {
            seconds: Math.ceil(runOf(test, name).seconds) + secondsAround,
            containers: [
              {
                name: 'k6',
                image: 'k6',
                args: argumentsOf(test, name, receiver),
                env: receiver ? resultSettings(receiver) : {},
                // The name of the Job distinguishes the runs.
                podFields: { TEST_ID: "metadata.labels['batch.kubernetes.io/job-name']" },
                secretEnv: { ...variablesOf(test), ...resultSecrets(receiver) },
                resources: resourcesFor(resources, runOf(test, name).users),
                goMemoryLimit: true,
                mounts: [scripts],
              },
            ],
          },
        );
      }
    }
  },
});

/** Bytes that a virtual user needs: https://grafana.com/docs/k6/latest/testing-guides/running-large-tests/ */
export const leastPerUser = 2 ** 20;
const mostPerUser = 5 * leastPerUser;

/** The resources of a run: more memory than configured if its virtual users need it. */
const resourcesFor = (configured: Resources, users: number): Resources => ({
  ...configured,
  memory: larger(configured.memory, users * leastPerUser),
  memoryLimit: larger(configured.memoryLimit, users * mostPerUser),
});

const larger = (configured: string, needed: number): string =>
  quantityValue(configured) < needed ? formatBytes(needed) : configured;

/** Pulling the image, waiting for the target, ending the last iterations, and sending the last results. */
const secondsAround = 600;

const argumentsOf = (
  { application }: LoadTest,
  name: string,
  receiver: Outgoing | undefined,
): string[] => [
  'run',
  '--quiet',
  '--no-color',
  '--no-usage-report',
  // Empty: without the server of its API.
  '--address=',
  '--tag=testid=$(TEST_ID)',
  `--tag=application=${application}`,
  ...(receiver ? ['--out=experimental-prometheus-rw'] : []),
  `${scriptFolder}/${name}.js`,
];

/** https://grafana.com/docs/k6/latest/results-output/real-time/prometheus-remote-write/ */
const resultSettings = (receiver: Outgoing): Record<string, string> => {
  const authentication = authenticationOf(receiver);
  return {
    K6_PROMETHEUS_RW_SERVER_URL: `${receiver.url}`,
    // The other form of durations is a gauge for each percentile of the whole run, which cannot be added up.
    K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM: 'true',
    // Otherwise the last values stay for 5 minutes after the end.
    K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
    ...verificationSettings(receiver.endpoint),
    ...(authentication?.kind === 'basic' && {
      K6_PROMETHEUS_RW_USERNAME: authentication.username,
    }),
  };
};

/** How k6 verifies the receiver: it has no option for a certificate authority, only Go's variable. */
const verificationSettings = ({ scheme, verification }: Endpoint): Record<string, string> => {
  if (scheme !== 'https') return {};
  switch (verification?.kind ?? 'cluster-ca') {
    case 'cluster-ca':
      return { SSL_CERT_FILE: clusterCaPath };
    case 'public-ca':
      return {};
    case 'unverified':
      return { K6_PROMETHEUS_RW_INSECURE_SKIP_TLS_VERIFY: 'true' };
  }
};

/** With what k6 authenticates at the receiver. */
const resultSecrets = (receiver: Outgoing | undefined): Record<string, SecretReference> => {
  const authentication = receiver && authenticationOf(receiver);
  switch (authentication?.kind) {
    case 'basic':
      return { K6_PROMETHEUS_RW_PASSWORD: authentication.password };
    case 'bearer':
      return { K6_PROMETHEUS_RW_BEARER_TOKEN: authentication.token };
    default:
      return {};
  }
};

const secretsOf = (test: LoadTest): DeclaredPrerequisite[] =>
  Object.values(variablesOf(test)).map(({ secret, key }) => ({
    kind: 'Secret',
    name: secret,
    in: 'stack',
    keys: { [key]: `a value that the load test of ${test.application} sends` },
    purpose: `lets k6 send requests to ${test.application}`,
    rotation: { kind: 'reread', when: 'at the next run' },
  }));
