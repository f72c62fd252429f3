import type {
  LoadRequest,
  LoadTest,
  LoadThresholds,
  ScenarioName,
} from '../../config/load-test.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { requestName } from '../../schema/k6/request-name.js';
import { systemTags } from '../../schema/k6/threshold.js';
import type { Script } from './file.js';
import { runOf } from './scenario.js';
import { variablesOf, withVariables } from './variable.js';

/** What the script of a scenario tests. */
export const testScript = (test: LoadTest, name: ScenarioName, target: string): Script => {
  const run = runOf(test, name);
  const variables = variablesOf(test);
  return {
    target,
    options: {
      scenarios: { [name]: run.scenario as Script['options']['scenarios'][string] },
      thresholds: Object.fromEntries(
        Object.entries(run.thresholds)
          .filter(([, list]) => list.length > 0)
          .map(([metric, list]) => [metric, list.map(shortened)]),
      ),
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

/** A threshold without other options as its expression. */
const shortened = (one: LoadThresholds[string][number]) =>
  Object.keys(one).length === 1 ? one.threshold : one;

const requestOf = (
  request: LoadRequest,
  variables: Readonly<Record<string, SecretReference>>,
): Script['requests'][number] => {
  const { method, path, headers, body, status } = request;
  const isJson = body !== undefined && typeof body !== 'string';
  const json = Object.keys(headers).some((one) => one.toLowerCase() === 'content-type')
    ? {}
    : { 'Content-Type': ['application/json'] };
  const parts = Object.entries(headers).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? [value]
      : [
          ...(value.prefix === '' ? [] : [value.prefix]),
          withVariables(value.reference, variables) as { variable: string },
        ],
  ]);
  return {
    name: requestName(request),
    method,
    path,
    headers: { ...(isJson ? json : {}), ...Object.fromEntries(parts) },
    ...(body !== undefined && { body: withVariables(body, variables) as never }),
    status: status === undefined ? [{ min: 200, max: 399 }] : [status].flat(),
  };
};
