import { parse } from 'yaml';

// Several checks read the same files, which environments share for the most part.
const known = new Map<string, unknown>();

/** The value of a YAML file, of which each is read once; throws where it is none. */
export const readYaml = (text: string): unknown => {
  if (!known.has(text)) known.set(text, parse(text));
  return known.get(text);
};
