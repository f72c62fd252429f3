import type { Manifest } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import { recordOf } from '../reference/lenient.js';
import { type Level, levels } from './violation.js';

const prefix = 'pod-security.kubernetes.io/';

/** The level that a namespace enforces; Kubernetes enforces nothing where it names none. */
export const enforcedBy = ({ object }: Manifest): Level =>
  levels.find((level) => level === recordOf(object.metadata.labels)[`${prefix}enforce`]) ??
  'privileged';

/** What is wrong with the labels of a namespace whose pods need a level, or are not there. */
export const namespaceFaults = (manifest: Manifest, needed: Level | undefined): Fault[] => {
  const labels = recordOf(manifest.object.metadata.labels);
  const level = labels[`${prefix}enforce`];
  const at = (label: string) => `metadata.labels['${prefix}${label}']`;
  const found: Fault[] = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    ...unknownLevel(at(mode), labels[`${prefix}${mode}`]),
    ...unknownVersion(at(`${mode}-version`), labels[`${prefix}${mode}-version`]),
  ]);
  if (level === undefined) {
    found.push({
      path: at('enforce'),
      message: 'The namespace enforces no level of Pod Security.',
      why: 'Whatever else comes into it may do as it likes.',
      remedy: `Say ${needed ?? 'restricted'}.`,
    });
  } else if (
    needed &&
    levels.indexOf(level) >= 0 &&
    levels.indexOf(level) < levels.indexOf(needed)
  ) {
    found.push({
      path: at('enforce'),
      message: `The namespace allows more than its pods need, which is ${needed}.`,
      value: level,
      why: 'Whatever else comes into it may do as much.',
      remedy: `Say ${needed}.`,
    });
  }
  return found.length > 0 ? found : quietModes(labels, at);
};

/** Modes that would not tell, when a workload is applied, that its pods are refused. */
const quietModes = (
  labels: Readonly<Record<string, string>>,
  at: (label: string) => string,
): Fault[] =>
  ['audit', 'warn']
    .filter((mode) => labels[`${prefix}${mode}`] !== labels[`${prefix}enforce`])
    .map((mode) => ({
      path: at(mode),
      message: `The namespace does not ${mode} at the level that it enforces.`,
      value: labels[`${prefix}${mode}`],
      why: 'A workload whose pods are refused then says nothing when it is applied.',
      remedy: `Say ${labels[`${prefix}enforce`]}.`,
    }));

const unknownLevel = (path: string, level: unknown): Fault[] => {
  if (level === undefined || levels.some((one) => one === level)) return [];
  const suggestion = suggest(`${level}`, levels);
  return [
    {
      path,
      message: 'There is no such level of Pod Security.',
      value: level,
      why: 'The API server then refuses or allows every pod, as the cluster has it.',
      remedy: `Use one of ${levels.join(', ')}.`,
      ...(suggestion && { suggestion }),
    },
  ];
};

const unknownVersion = (path: string, version: unknown): Fault[] =>
  version === undefined || /^(latest|v1\.\d+)$/.test(`${version}`)
    ? []
    : [
        {
          path,
          message: 'This is no version of Pod Security.',
          value: version,
          remedy: 'Say latest, or a version such as v1.36.',
        },
      ];
