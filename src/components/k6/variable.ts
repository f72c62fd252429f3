import type { SecretText } from '../../config/load-request.js';
import type { LoadTest } from '../../config/load-test.js';
import type { SecretReference } from '../../model/prerequisite.js';

/** The Secrets of a load test by the variable that has the value, each once, in the order of the requests. */
export const variablesOf = ({ requests }: LoadTest): Readonly<Record<string, SecretReference>> => {
  const references = new Map(
    requests
      .flatMap(({ headers, body }) => [
        ...Object.values(headers).flatMap((one) => (typeof one === 'string' ? [] : [one])),
        ...(typeof body === 'object' ? body.secrets.map(({ text }) => text) : []),
      ])
      .map(({ reference }) => [`${reference.secret}/${reference.key}`, reference]),
  );
  return Object.fromEntries(
    [...references.values()].map((one, index) => [`SECRET_${index + 1}`, one]),
  );
};

/** A part of a text in a script: itself, or the variable with a value. */
export type TextPart = string | { readonly variable: string };

/** The parts of a text with the value of a Secret. */
export const partsOf = (
  { prefix, reference }: SecretText,
  variables: Readonly<Record<string, SecretReference>>,
): TextPart[] => {
  const [variable] = Object.entries(variables).find(
    ([, { secret, key }]) => secret === reference.secret && key === reference.key,
  )!;
  return [...(prefix === '' ? [] : [prefix]), { variable }];
};
