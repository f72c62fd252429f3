import { exceptionPrefix, exceptionsOf } from '../../../model/exception.js';
import { suggest } from '../../../model/suggestion.js';
import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { recordOf } from '../../support/untyped.js';
import type { PodSecurityFault } from './faults.js';
import type { Violation } from './violation.js';

/** The exceptions that an object declares; an exception without a reason has no effect. */
export const declared = ({ manifest }: PodTemplate): Map<string, string> =>
  new Map(
    exceptionsOf(recordOf(manifest.object.metadata.annotations)).flatMap(({ exception, reason }) =>
      typeof reason === 'string' && reason.trim() !== '' ? [[exception, reason]] : [],
    ),
  );

/** Faults of the exceptions: without a reason, or not needed. */
export const exceptionFaults = (
  template: PodTemplate,
  violations: readonly Violation[],
): PodSecurityFault[] => {
  const used = [
    ...new Set(violations.flatMap(({ exception }) => exception ?? [])),
    // Policies do not protect ports on the host network.
    ...(template.spec.hostNetwork ? ['open-port'] : []),
  ];
  const annotations = recordOf(template.manifest.object.metadata.annotations);
  return exceptionsOf(annotations).flatMap(({ exception, reason }): PodSecurityFault[] => {
    const path = `metadata.annotations['${exceptionPrefix}${exception}']`;
    if (!used.includes(exception)) {
      const suggestion = suggest(exception, used);
      return [
        {
          path,
          fault: 'unused-exception',
          value: exception,
          ...(suggestion && { suggestion }),
        },
      ];
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      return [{ path, fault: 'no-reason' }];
    }
    return otherFolder(template, exception, reason, path);
  });
};

/** Reports a reason for another folder than the mounted one. */
const otherFolder = (
  template: PodTemplate,
  exception: string,
  reason: string,
  path: string,
): PodSecurityFault[] => {
  const mounted = volumesOf(template).find(({ volume }) =>
    [`host-path-${volume.name}`, `host-write-${volume.name}`].includes(exception),
  );
  const folder = recordOf(mounted?.volume.hostPath).path;
  if (!mounted || reason.startsWith(`${folder}: `)) return [];
  return [
    {
      path,
      fault: 'other-folder',
      message: `The reason is for another path of the node than ${folder}, which is mounted.`,
      value: reason,
      remedy: `Declare the exception for ${folder}, or mount the path that it is for.`,
    },
  ];
};
