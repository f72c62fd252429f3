import { type LoadRequest, type LoadThresholds, scenarioNames } from '../../config/load-test.js';
import { isCredentialName, isLiteral, masked } from '../../model/credential.js';
import { knownCredential } from '../../model/credential-format.js';
import type { Finding } from '../../model/finding.js';
import { requestName } from '../../schema/k6/request-name.js';
import { expressionFault, metricFault } from '../../schema/k6/threshold.js';
import { applicationFinding } from '../faults.js';
import type { DeclaredApplication } from './application.js';
import type { Measurement } from './objectives.js';
import { placeIn } from './place.js';

type Fault = Omit<Parameters<typeof applicationFinding>[0], 'place'> & { readonly path: string };

/** The faults of the load test of an application in an environment. */
export const loadTestFaultsOf = (
  application: DeclaredApplication,
  { name: environment, stack }: { readonly name: string; readonly stack: string },
): Finding[] => {
  const { loadTest } = application;
  if (!loadTest) return [];
  const names = loadTest.requests.map(requestName);
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
    ...thresholdFaults(loadTest.thresholds, 'loadTest.thresholds', names),
    ...scenarioNames.flatMap((scenario) =>
      thresholdFaults(
        loadTest.scenarios[scenario]?.thresholds ?? {},
        `loadTest.scenarios.${scenario}.thresholds`,
        names,
      ),
    ),
    ...nameFaults(application, stack),
  ].map(({ path, ...fault }: Fault) =>
    applicationFinding({ ...fault, place: { environment, ...placeIn(application, path) } }),
  );
};

const thresholdFaults = (
  thresholds: LoadThresholds,
  path: string,
  names: readonly string[],
): Fault[] =>
  Object.entries(thresholds).flatMap(([key, list]): Fault[] => {
    const at = `${path}${stepTo(key)}`;
    const ofMetric = metricFault(key, names);
    if (ofMetric) return [{ fault: 'invalid-threshold', path: at, value: key, ...ofMetric }];
    return list.flatMap((one, index): Fault[] => {
      const { threshold: expression } = one;
      const found = expressionFault(key, expression);
      if (!found) return [];
      return [{ fault: 'invalid-threshold', path: `${at}[${index}]`, value: expression, ...found }];
    });
  });

/** The step of a path to a field. */
const stepTo = (key: string): string => (/^\w+$/.test(key) ? `.${key}` : `['${key}']`);

/** Whether the results of a run are only in one of several replicas: once for an environment. */
export const splitResults = (
  declared: readonly DeclaredApplication[],
  environment: string,
  { replicas = 1 }: Measurement,
): Finding[] => {
  const first = declared.find(({ loadTest }) => loadTest);
  if (!first || replicas < 2) return [];
  return [
    applicationFinding({
      fault: 'split-results',
      place: { environment, ...placeIn(first, 'loadTest') },
    }),
  ];
};

/** Headers, query parameters and fields of a body that are credentials, each a text. */
const credentialFaults = ({ headers, path, body }: LoadRequest, at: string): Fault[] => {
  const fault = (where: string, what: string): Fault => ({
    fault: 'literal-credential',
    path: where,
    value: masked,
    message: `${what} is a credential.`,
  });
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && isSecretText(name, value)
      ? [fault(`${at}.headers${stepTo(name)}`, `The header ${name}`)]
      : [],
  );
  const query = new URLSearchParams(/\?(.*)$/.exec(path)?.[1] ?? '');
  const inQuery = [...query].flatMap(([name, value]) =>
    isSecretText(name, value)
      ? [
          {
            ...fault(`${at}.path`, `The parameter ${name}`),
            remedy:
              'Send it in a header or in the body, with a reference to a Secret: addresses are logged.',
          },
        ]
      : [],
  );
  const texts = textsIn(parsed(body));
  const inBody = texts.some(([name, value]) => isSecretText(name, value))
    ? [
        {
          ...fault(`${at}.body`, 'A field of the body'),
          remedy:
            "Write the body as an object, and the field as a reference to a Secret: { secret: 'shop-load-test', key: 'password' }.",
        },
      ]
    : [];
  return [...inHeaders, ...inQuery, ...inBody];
};

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

const textsIn = (value: unknown, name = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  // A reference has the name of a Secret.
  if (Object.keys(value).sort().join() === 'key,secret') return [];
  return Object.entries(value).flatMap(([key, one]) =>
    textsIn(one, Array.isArray(value) ? name : key),
  );
};

const longest = 52;

const nameFaults = ({ name, loadTest }: DeclaredApplication, stack: string): Fault[] => {
  const scenario = scenarioNames
    .filter((one) => loadTest?.scenarios[one])
    .toSorted((a, b) => b.length - a.length)[0];
  const full = `${stack}-k6-${name}-${scenario}`;
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
