/** In place of `src/model/yaml.ts`: what reads YAML writes it too. */
import { dump, load } from 'js-yaml';
import { once, onceForText } from '../../src/model/once.js';

export const toYaml = (value: unknown): string =>
  dump(value, { lineWidth: -1, noRefs: true, quoteStyle: 'double', skipInvalid: true });

export const yamlOf = once((object: object): string => toYaml(object));

export const fromYaml: (text: string) => unknown = onceForText((text) => load(text));
