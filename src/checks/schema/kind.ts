import { distance } from 'fastest-levenshtein';
import type { Severity } from '../../model/finding.js';
import type { KubernetesObject } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import type { Schemas } from './schema.js';
import type { Fault } from './validate.js';

/** The key of an object's kind among the schemas. */
export const kindOf = ({ apiVersion, kind }: KubernetesObject): string => `${apiVersion} ${kind}`;

/** What is wrong with an object's apiVersion and kind: a warning where it may be somebody else's. */
export const kindFaultOf = (
  object: KubernetesObject,
  { kinds, sources }: Schemas,
): (Fault & { readonly severity: Severity }) | undefined => {
  const { apiVersion, kind } = object;
  if (!apiVersion || !kind || kinds[kindOf(object)]) return undefined;
  const builtIn = Object.keys(kinds).filter((name) => kinds[name]?.startsWith('io.k8s.'));
  const versions = builtIn.filter((name) => name.endsWith(` ${kind}`)).map(apiVersionOf);
  const group = groupOf(apiVersion);
  const isBuiltIn =
    // Only Kubernetes itself has groups without a dot.
    !group.includes('.') ||
    builtIn.some((name) => groupOf(name) === group) ||
    versions.some((version) => distance(version, apiVersion) <= 3);
  if (!isBuiltIn) {
    return {
      severity: 'warning',
      path: 'apiVersion',
      value: apiVersion,
      message: `There is no schema of ${apiVersion} ${kind}: its fields are not checked.`,
      remedy: 'Try it against a cluster: kubectl apply --dry-run=server.',
    };
  }
  const nearest = versions.findLast((version) => groupOf(version) === group) ?? versions.at(-1);
  const suggestion = nearest ?? suggest(kind, builtIn.map(nameOf));
  return {
    severity: 'error',
    ...(nearest ? { path: 'apiVersion', value: apiVersion } : { path: 'kind', value: kind }),
    message: `Kubernetes ${sources[0]?.match(/\d+\.\d+/)?.[0]} serves no stable ${apiVersion} ${kind}.`,
    remedy: 'Use an apiVersion and a kind that every cluster serves.',
    ...(suggestion ? { suggestion } : {}),
  };
};

const apiVersionOf = (kind: string): string => kind.split(' ')[0] ?? '';

const nameOf = (kind: string): string => kind.split(' ')[1] ?? '';

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
