import { replicaSources } from '../../components/k6/fact.js';
import { cronJobName, scenariosOf } from '../../components/k6/k6.js';
import type { LoadRequest } from '../../config/load-request.js';
import type { LoadThresholds } from '../../config/load-test.js';
import { exact } from '../../content/objective/window.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import {
  isCredentialName,
  isCredentialParameter,
  isLiteral,
  masked,
} from '../../model/credential.js';
import { knownCredential } from '../../model/credential-format.js';
import type { Finding } from '../../model/finding.js';
import { replicaOf } from '../../model/offer.js';
import { seconds } from '../../promql/duration.js';
import { requestName } from '../../schema/k6/request-name.js';
import {
  expressionFault,
  type KnownValues,
  metricFault,
  unitFault,
} from '../../schema/k6/threshold.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import { loadSizeFaults } from './load-size-faults.js';
import { placeIn } from './place.js';

type Fault = Omit<Parameters<typeof applicationFinding>[0], 'place'> & { readonly path: string };

/** The faults of the load test of an application in an environment. */
export const loadTestFaultsOf = (
  application: DeclaredApplication,
  {
    name: environment,
    stack,
    k6,
  }: {
    readonly name: string;
    readonly stack: string;
    /** The options of k6, if the environment states them. */
    readonly k6?: { readonly memory?: string };
  },
): Finding[] => {
  const { loadTest } = application;
  if (!loadTest) return [];
  const names = loadTest.requests.map(requestName);
  const scenarios = scenariosOf(loadTest);
  const latencies = application.objectives.flatMap((one) =>
    one.kind === 'latency' ? exact(seconds(one.threshold)! * 1000) : [],
  );
  return [
    ...loadTest.requests.flatMap((one, index) => [
      ...credentialFaults(one, `loadTest.requests[${index}]`),
      ...(names.indexOf(names[index]!) < index
        ? [
            {
              fault: 'duplicate-request' as const,
              path: `loadTest.requests[${index}].name`,
              value: names[index],
            },
          ]
        : []),
    ]),
    ...thresholdFaults(loadTest.thresholds, 'loadTest.thresholds', { names, scenarios, latencies }),
    ...scenarios.flatMap((scenario) =>
      thresholdFaults(
        loadTest.scenarios[scenario]?.thresholds ?? {},
        `loadTest.scenarios.${scenario}.thresholds`,
        { names, scenarios: [scenario], latencies },
      ),
    ),
    ...loadSizeFaults(loadTest, k6?.memory).map((one) => ({
      ...one,
      path: `loadTest.${one.path}`,
    })),
    ...nameFaults(application, stack),
  ].map(({ path, ...fault }: Fault) =>
    applicationFinding({ ...fault, place: { environment, ...placeIn(application, path) } }),
  );
};

/** What is known of a load test: also the objectives of durations, in milliseconds. */
interface Known extends KnownValues {
  readonly latencies: readonly number[];
}

const thresholdFaults = (thresholds: LoadThresholds, path: string, known: Known): Fault[] =>
  Object.entries(thresholds).flatMap(([key, list]): Fault[] => {
    const at = `${path}${stepTo(key)}`;
    const ofMetric = metricFault(key, known);
    if (ofMetric) return [{ fault: 'invalid-threshold', path: at, value: key, ...ofMetric }];
    return list.flatMap((one, index): Fault[] => {
      const { threshold: expression } = one;
      const place = { path: `${at}[${index}]`, value: expression };
      const found = expressionFault(key, expression);
      if (found) return [{ fault: 'invalid-threshold', ...place, ...found }];
      const other = unitFault(key, expression, known.latencies);
      return other ? [{ fault: 'threshold-unit', ...place, ...other }] : [];
    });
  });

/** The step of a path to a field. */
const stepTo = (key: string): string => (/^\w+$/.test(key) ? `.${key}` : `['${key}']`);

/** The outside Grafanas that show the results of a run only if they happen to read from its replica of Prometheus. */
export const splitResults = (
  declared: readonly DeclaredApplication[],
  connections: readonly Connection[],
  environment: string,
  grafanas: readonly string[],
): Finding[] => {
  const first = declared.find(({ loadTest }) => loadTest);
  const [receiver] = connectionsFor(connections, 'results');
  if (!first || !receiver || replicaOf(receiver.offer) === undefined) return [];
  const readers = replicaSources(connections).map(({ consumer }) => consumer.party);
  return grafanas
    .filter((name) => !readers.includes(name))
    .map((name) =>
      applicationFinding({
        fault: 'split-results',
        place: { environment, ...placeIn(first, 'loadTest') },
        message: `${name} does not consume 'datasource', so it has no data source for the replica with the results.`,
      }),
    );
};

/** The parts of a request that contain a credential as a text. */
const credentialFaults = ({ headers, path, body }: LoadRequest, at: string): Fault[] => {
  const fault = (where: string, what: string): Fault => ({
    fault: 'literal-credential',
    path: where,
    value: masked,
    message: `${what} is a credential.`,
  });
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && isSecretText(name, value)
      ? [
          {
            ...fault(`${at}.headers${stepTo(name)}`, `The header ${name}`),
            remedy: `Use a reference to a Secret in the namespace of the stack: headers: { ${headerWithReference(name, value)} }.`,
          },
        ]
      : [],
  );
  const query = new URLSearchParams(/\?(.*)$/.exec(path)?.[1] ?? '');
  const parameters = [...query].filter(
    ([name, value]) => isCredentialParameter(name) && isLiteral(value),
  );
  const isKnown = parameters.length === 0 && knownCredential(path) !== undefined;
  const inPath = [
    ...parameters.map(([name]) => `The parameter ${name}`),
    ...(isKnown ? ['A part of the address'] : []),
  ].map((what) => ({
    ...fault(`${at}.path`, what),
    remedy:
      'Send it in a header or in the body, with a reference to a Secret: addresses are logged.',
  }));
  const isText = typeof body === 'string';
  const inBody = textsIn(parsed(isText ? body : body?.data))
    .filter(({ name, text }) => isSecretText(name, text))
    .map(({ steps, name }) => ({
      // A text has no fields with a line of their own.
      ...fault(`${at}.body${isText ? '' : steps}`, name ? `The field ${name}` : 'The body'),
      remedy: isText
        ? `Write the body as an object, and ${name ? `the field ${name}` : 'the credential'} as ${aReference}.`
        : `Use ${aReference}.`,
    }));
  return [...inHeaders, ...inPath, ...inBody];
};

/** A header with a reference in place of its credential; a scheme such as Bearer stays. */
const headerWithReference = (name: string, value: string): string => {
  const [prefix] = /^(Bearer|Basic|Token|ApiKey) /i.exec(value) ?? [];
  const written = /^\w+$/.test(name) ? name : `'${name}'`;
  return `${written}: { secret: 'shop-load-test', key: 'token'${prefix ? `, prefix: '${prefix}'` : ''} }`;
};

const aReference = "a reference to a Secret: { secret: 'shop-load-test', key: 'password' }";

const isSecretText = (name: string, value: string): boolean =>
  ((isCredentialName(name) || /^(proxy-)?authorization$|^cookie$/i.test(name)) &&
    isLiteral(value)) ||
  knownCredential(value) !== undefined;

/** A body that is JSON in a text, as its value. */
const parsed = (body: unknown): unknown => {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
};

/** A text in a value, with the name of its field and the steps to it. */
interface PlacedText {
  readonly text: string;
  readonly name: string;
  readonly steps: string;
}

const textsIn = (value: unknown, name = '', steps = ''): readonly PlacedText[] => {
  if (typeof value === 'string') return [{ text: value, name, steps }];
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => textsIn(one, name, `${steps}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, key, `${steps}${stepTo(key)}`));
};

/** The longest name of a CronJob: those of its Jobs have 11 more characters. */
const longest = 52;

const nameFaults = ({ name, loadTest }: DeclaredApplication, stack: string): Fault[] => {
  const names = scenariosOf(loadTest!).map((one) => cronJobName(stack, name, one));
  const full = names.toSorted((a, b) => b.length - a.length)[0]!;
  if (full.length <= longest) return [];
  return [
    {
      fault: 'long-name',
      path: 'name',
      value: name,
      message: `The CronJob ${full} would have ${full.length} characters, of at most ${longest}.`,
    },
  ];
};
