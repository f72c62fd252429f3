import type { KubernetesObject } from '../../../model/manifest.js';
import { recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';

const version = 'app.kubernetes.io/version';

/** Selectors that use the version label, whose value changes with each update. */
export const versionFaults = ({ spec }: KubernetesObject): SelectorsFault[] =>
  asksForVersion(spec, 'spec').map((path) => ({
    path,
    fault: 'version-label',
    message: `The selector uses the label ${version}.`,
  }));

const asksForVersion = (value: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const isSelector = key === 'matchLabels' || key === 'selector' || key === 'podSelector';
    if (isSelector && version in recordOf(below)) return [`${at}['${version}']`];
    return key === 'labels' ? [] : asksForVersion(below, at);
  });
};
