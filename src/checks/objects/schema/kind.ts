import { distance } from 'fastest-levenshtein';
import type { KubernetesObject } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import type { SchemaFault } from './faults.js';
import type { Schemas } from './schema.js';

/** The key of an object's kind in the schemas. */
export const kindOf = ({ apiVersion, kind }: KubernetesObject): string => `${apiVersion} ${kind}`;

/** A fault of an object's apiVersion and kind; a warning if it may be a custom resource. */
export const kindFaultOf = (
  object: KubernetesObject,
  { kinds, sources }: Schemas,
): SchemaFault | undefined => {
  const { apiVersion, kind } = object;
  if (!apiVersion || !kind || kinds[kindOf(object)]) return undefined;
  const builtIn = Object.keys(kinds).filter((name) => kinds[name]?.startsWith('io.k8s.'));
  const versions = builtIn.filter((name) => name.endsWith(` ${kind}`)).map(apiVersionOf);
  const group = groupOf(apiVersion);
  const isBuiltIn =
    // Only groups of Kubernetes have no dot.
    !group.includes('.') ||
    builtIn.some((name) => groupOf(name) === group) ||
    versions.some((version) => distance(version, apiVersion) <= 3);
  if (!isBuiltIn) {
    return {
      path: 'apiVersion',
      value: apiVersion,
      fault: 'no-schema',
      message: `No schema for ${apiVersion} ${kind}: its fields are not checked.`,
    };
  }
  const nearest = versions.findLast((version) => groupOf(version) === group) ?? versions.at(-1);
  const suggestion = nearest ?? suggest(kind, builtIn.map(nameOf));
  return {
    ...(nearest ? { path: 'apiVersion', value: apiVersion } : { path: 'kind', value: kind }),
    fault: 'unserved-kind',
    message: `Kubernetes ${sources[0]?.match(/\d+\.\d+/)?.[0]} serves no stable ${apiVersion} ${kind}.`,
    ...(suggestion ? { suggestion } : {}),
  };
};

const apiVersionOf = (kind: string): string => kind.split(' ')[0] ?? '';

const nameOf = (kind: string): string => kind.split(' ')[1] ?? '';

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
