import type { JsonBody, LoadRequest } from '../../config/load-request.js';
import type { LoadTest, LoadThresholds, ScenarioName } from '../../config/load-test.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { requestName } from '../../schema/k6/request-name.js';
import { inScenario, systemTags } from '../../schema/k6/threshold.js';
import type { Script } from './file.js';
import { runOf } from './scenario.js';
import { partsOf, variablesOf } from './variable.js';

/** What the script of a scenario tests. */
export const testScript = (test: LoadTest, name: ScenarioName, target: string): Script => {
  const run = runOf(test, name);
  const variables = variablesOf(test);
  return {
    target,
    options: {
      scenarios: { [name]: run.scenario as Script['options']['scenarios'][string] },
      thresholds: scriptThresholds(run.thresholds, name),
      systemTags: [...systemTags],
      summaryTrendStats: ['avg', 'min', 'med', 'p(95)', 'p(99)', 'max'],
      discardResponseBodies: true,
      maxRedirects: 0,
      setupTimeout: '2m',
    },
    thinkSeconds: run.thinkSeconds,
    requests: test.requests.map((one) => requestOf(one, variables)),
  };
};

/** The thresholds in the words of k6, about the requests of the scenario: those of setup() only wait for the target. */
const scriptThresholds = (
  thresholds: LoadThresholds,
  scenario: ScenarioName,
): Script['options']['thresholds'] => {
  const byKey = new Map<string, Script['options']['thresholds'][string]>();
  for (const [key, list] of Object.entries(thresholds)) {
    if (list.length === 0) continue;
    const ofScenario = inScenario(key, scenario);
    byKey.set(ofScenario, [...(byKey.get(ofScenario) ?? []), ...list.map(shortened)]);
  }
  return Object.fromEntries(byKey);
};

/** A threshold without other options as its expression. */
const shortened = (one: LoadThresholds[string][number]) =>
  Object.keys(one).length === 1 ? one.threshold : one;

const requestOf = (
  request: LoadRequest,
  variables: Readonly<Record<string, SecretReference>>,
): Script['requests'][number] => {
  const { method, path, headers, body, status } = request;
  const parts = Object.entries(headers).map(([key, value]) => [
    key,
    typeof value === 'string' ? [value] : partsOf(value, variables),
  ]);
  const hasType = Object.keys(headers).some((one) => one.toLowerCase() === 'content-type');
  const type = typeof body === 'object' && !hasType ? { 'Content-Type': ['application/json'] } : {};
  return {
    name: requestName(request),
    method,
    path,
    headers: { ...type, ...Object.fromEntries(parts) },
    ...(body !== undefined && { body: bodyOf(body, variables) }),
    status: status === undefined ? [{ min: 200, max: 399 }] : [status].flat(),
  };
};

const bodyOf = (
  body: string | JsonBody,
  variables: Readonly<Record<string, SecretReference>>,
): NonNullable<Script['requests'][number]['body']> =>
  typeof body === 'string'
    ? body
    : {
        json: body.data,
        secrets: body.secrets.map(({ at, text }) => ({
          at: [...at],
          parts: partsOf(text, variables),
        })),
      };
