import { exceptionPrefix, exceptionsOf } from '../../model/exception.js';
import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import { type PodTemplate, volumesOf } from '../pod/template.js';
import { recordOf } from '../reference/lenient.js';
import type { Violation } from './violation.js';

/** The exceptions that an object declares; those without a reason excuse nothing. */
export const declared = ({ manifest }: PodTemplate): Map<string, string> =>
  new Map(
    exceptionsOf(recordOf(manifest.object.metadata.annotations)).flatMap(({ exception, reason }) =>
      typeof reason === 'string' && reason.trim() !== '' ? [[exception, reason]] : [],
    ),
  );

/** What is wrong with the exceptions themselves: they say no reason, or excuse nothing. */
export const exceptionFaults = (
  template: PodTemplate,
  violations: readonly Violation[],
): Fault[] => {
  const used = [
    ...new Set(violations.flatMap(({ exception }) => exception ?? [])),
    // A port of the host network is as open as its server leaves it.
    ...(template.spec.hostNetwork ? ['open-port'] : []),
  ];
  const annotations = recordOf(template.manifest.object.metadata.annotations);
  return exceptionsOf(annotations).flatMap(({ exception, reason }): Fault[] => {
    const path = `metadata.annotations['${exceptionPrefix}${exception}']`;
    if (!used.includes(exception)) {
      const suggestion = suggest(exception, used);
      return [
        {
          path,
          message: 'The exception excuses nothing: the pods do not need it.',
          value: exception,
          why: 'The generated README tells of it as if it were used.',
          remedy: 'Remove it.',
          ...(suggestion && { suggestion }),
        },
      ];
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      return [{ path, message: 'The exception has no reason.', remedy: 'Say why it must be.' }];
    }
    return otherFolder(template, exception, reason, path);
  });
};

/** Whether the reason is one for another folder than the one that is mounted. */
const otherFolder = (
  template: PodTemplate,
  exception: string,
  reason: string,
  path: string,
): Fault[] => {
  const mounted = volumesOf(template).find(
    ({ volume }) => `host-path-${volume.name}` === exception,
  );
  const folder = recordOf(mounted?.volume.hostPath).path;
  if (!mounted || reason.startsWith(`${folder}: `)) return [];
  return [
    {
      path,
      message: `The reason is for another folder of the node than ${folder}, which is mounted.`,
      value: reason,
      remedy: `Declare the exception for ${folder}, or mount what it is for.`,
    },
  ];
};
