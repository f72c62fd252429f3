import { expect, test } from 'vitest';
import configuration from '../../src/checks/files/configuration.js';
import { build, minimal } from '../environment.js';
import { changed } from './input.js';
import { otherNames, sameNames } from './jaeger-names.js';

const stack = build(minimal);

const found = (from: RegExp, to: string) =>
  configuration
    .run(
      changed(stack, 'ConfigMap crowsnest/crowsnest-jaeger-config', ({ data }) => {
        const text = data['config.yaml'].replace(from, to);
        if (text === data['config.yaml']) throw new Error(`There is no ${from}.`);
        data['config.yaml'] = text;
      }),
    )
    .map(({ fault, place, severity }) => [severity, fault, `${place.path}`.split('.').at(-1)]);

test.each(otherNames)(
  'the Monitor tab of Jaeger queries other names after %s is %s',
  (from, to, field) => {
    expect(found(from, to)).toEqual([['error', 'invalid-value', field]]);
  },
);

test.each(sameNames)(
  'it queries the names that the defaults or two equal units create: %s',
  (from, to) => {
    expect(found(from, to)).toEqual([]);
  },
);
