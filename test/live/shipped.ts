import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';

const dist = resolve(import.meta.dirname, '../../dist');

/** The environments in `dist/`. */
export const environments = readdirSync(dist);

/** The objects of an environment in `dist/`. */
export const shipped = (environment: string): KubernetesObject[] =>
  readdirSync(join(dist, environment))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(dist, environment, file), 'utf8')))
    .map((document) => document.toJS() as KubernetesObject);

/** The shipped dashboards of an environment, by uid. */
export const shippedDashboards = (name: string): Record<string, string> =>
  Object.fromEntries(
    shipped(name)
      .filter(({ metadata }) => /grafana-dashboards-/.test(metadata.name))
      .flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>))
      .map(([file, json]): [string, string] => [file.replace('.json', ''), json]),
  );

/** The object of a kind and name. */
export const find = (
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): KubernetesObject => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
};
