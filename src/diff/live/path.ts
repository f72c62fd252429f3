import type { KubernetesObject } from '../../model/manifest.js';
import { records } from '../untyped.js';
import type { Send } from './request.js';

/** How the API server names a kind in paths. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Finds the resource of a kind; undefined if the cluster does not have it. */
export type FindResource = (apiVersion: string, kind: string) => Promise<Resource | undefined>;

/** Asks the API server once for each version of an API. */
export const resourceFinder = (send: Send): FindResource => {
  const known = new Map<string, Promise<Map<string, Resource>>>();
  const ask = async (apiVersion: string): Promise<Map<string, Resource>> => {
    const { body } = await send({ path: rootOf(apiVersion) });
    return new Map(
      records(body?.resources)
        .filter(({ name }) => !`${name}`.includes('/'))
        .map(({ kind, name, namespaced }) => [kind, { plural: name, namespaced }]),
    );
  };
  return async (apiVersion, kind) => {
    const asked = known.get(apiVersion) ?? ask(apiVersion);
    known.set(apiVersion, asked);
    return (await asked).get(kind);
  };
};

/** The path of all objects of a resource, or of those in a namespace. */
export const listPath = (
  apiVersion: string,
  { plural, namespaced }: Resource,
  namespace?: string,
): string => {
  const scope = namespaced && namespace !== undefined ? `namespaces/${namespace}/` : '';
  return `${rootOf(apiVersion)}/${scope}${plural}`;
};

/** The path of an object. */
export const objectPath = (
  { apiVersion, metadata }: KubernetesObject,
  resource: Resource,
): string => `${listPath(apiVersion, resource, metadata.namespace ?? 'default')}/${metadata.name}`;

const rootOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
