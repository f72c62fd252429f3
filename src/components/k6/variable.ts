import type { LoadTest } from '../../config/load-test.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { isReference, referencesIn } from '../../model/secret-file.js';

/** The Secrets of a load test by the variable that has the value, each once, in the order of the requests. */
export const variablesOf = ({ requests }: LoadTest): Readonly<Record<string, SecretReference>> => {
  const references = new Map(
    requests
      .flatMap(({ headers, body }) => [...Object.values(headers), body].flatMap(referencesIn))
      .map(({ secret, key }) => [`${secret}/${key}`, { secret, key }]),
  );
  return Object.fromEntries(
    [...references.values()].map((one, index) => [`SECRET_${index + 1}`, one]),
  );
};

/** A value in which each reference to a Secret is the variable with its value: `{ variable }`. */
export const withVariables = (
  value: unknown,
  variables: Readonly<Record<string, SecretReference>>,
): unknown => {
  if (Array.isArray(value)) return value.map((one) => withVariables(one, variables));
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) {
    const [variable] = Object.entries(variables).find(
      ([, { secret, key }]) => secret === value.secret && key === value.key,
    )!;
    return { variable };
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withVariables(one, variables)]),
  );
};
