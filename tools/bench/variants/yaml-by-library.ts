/** Replaces `src/model/yaml.ts`: the library that parses YAML also writes it, and parses every text. */
import { dump, load } from 'js-yaml';
import { memoize, memoizeText } from '../../../src/model/memoize.js';

export const toYaml = (value: unknown): string =>
  dump(value, { lineWidth: -1, noRefs: true, quoteStyle: 'double', skipInvalid: true });

export const toKnownYaml = toYaml;

export const yamlOf = memoize((object: object): string => toYaml(object));

export const fromYaml = memoizeText((text): unknown => load(text));
