import type { Manifest } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { recordOf } from '../../support/untyped.js';
import type { PodSecurityFault } from './faults.js';
import { type Level, levels } from './violation.js';

const prefix = 'pod-security.kubernetes.io/';

/** The level that a namespace enforces; without a label, Kubernetes enforces nothing. */
export const enforcedBy = ({ object }: Manifest): Level =>
  levels.find((level) => level === recordOf(object.metadata.labels)[`${prefix}enforce`]) ??
  'privileged';

/** Faults of the labels of a namespace; `needed` is the level of its pods, undefined without pods. */
export const namespaceFaults = (
  manifest: Manifest,
  needed: Level | undefined,
): PodSecurityFault[] => {
  const labels = recordOf(manifest.object.metadata.labels);
  const level = labels[`${prefix}enforce`];
  const at = (label: string) => `metadata.labels['${prefix}${label}']`;
  const found: PodSecurityFault[] = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    ...unknownLevel(at(mode), labels[`${prefix}${mode}`]),
    ...unknownVersion(at(`${mode}-version`), labels[`${prefix}${mode}-version`]),
  ]);
  if (level === undefined) {
    found.push({
      path: at('enforce'),
      fault: 'no-level',
      remedy: `Set it to ${needed ?? 'restricted'}.`,
    });
  } else if (
    needed &&
    levels.indexOf(level) >= 0 &&
    levels.indexOf(level) < levels.indexOf(needed)
  ) {
    found.push({
      path: at('enforce'),
      fault: 'low-level',
      message: `The namespace allows more than ${needed}, which its pods need.`,
      value: level,
      remedy: `Set it to ${needed}.`,
    });
  }
  return found.length > 0 ? found : quietModes(labels, at);
};

/** Modes that do not report that the pods of an applied workload are rejected. */
const quietModes = (
  labels: Readonly<Record<string, string>>,
  at: (label: string) => string,
): PodSecurityFault[] =>
  ['audit', 'warn']
    .filter((mode) => labels[`${prefix}${mode}`] !== labels[`${prefix}enforce`])
    .map((mode) => ({
      path: at(mode),
      fault: 'other-mode',
      message: `The namespace does not ${mode} at the level that it enforces.`,
      value: labels[`${prefix}${mode}`],
      remedy: `Set it to ${labels[`${prefix}enforce`]}.`,
    }));

const unknownLevel = (path: string, level: unknown): PodSecurityFault[] => {
  if (level === undefined || levels.some((one) => one === level)) return [];
  const suggestion = suggest(`${level}`, levels);
  return [
    {
      path,
      fault: 'unknown-level',
      value: level,
      remedy: `Use one of ${levels.join(', ')}.`,
      ...(suggestion && { suggestion }),
    },
  ];
};

const unknownVersion = (path: string, version: unknown): PodSecurityFault[] =>
  version === undefined || /^(latest|v1\.\d+)$/.test(`${version}`)
    ? []
    : [
        {
          path,
          fault: 'unknown-version',
          value: version,
        },
      ];
