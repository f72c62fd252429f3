import type { Manifest } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { LeastPrivilegeFault } from './faults.js';
import { accountOf, roleOf } from './role.js';

/** Faults of the subjects and the role of a binding. */
export const bindingFaults = (
  manifest: Manifest,
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): LeastPrivilegeFault[] => {
  const { object } = manifest;
  const subjects = listOf(object.subjects);
  const used = [...new Set(templates.map(accountOf))];
  return [
    ...(roleOf(manifest, manifests)
      ? []
      : [
          {
            path: 'roleRef',
            fault: 'foreign-role' as const,
            value: `${recordOf(object.roleRef).kind} ${recordOf(object.roleRef).name}`,
          },
        ]),
    ...(subjects.length === 0
      ? [
          {
            path: 'subjects',
            fault: 'no-subject' as const,
          },
        ]
      : []),
    ...subjects.flatMap((subject, index) => subjectFaults(subject, `subjects[${index}]`, used)),
  ];
};

const subjectFaults = (
  { kind, namespace, name }: Readonly<Record<string, unknown>>,
  path: string,
  used: readonly string[],
): LeastPrivilegeFault[] => {
  if (kind !== 'ServiceAccount') {
    return [
      {
        path,
        fault: 'foreign-subject' as const,
        value: `${kind} ${name}`,
      },
    ];
  }
  const account = `${namespace}/${name}`;
  if (used.includes(account)) return [];
  const suggestion = suggest(account, used);
  return [
    {
      path,
      fault: 'unused-subject',
      value: account,
      ...(suggestion && { suggestion }),
    },
  ];
};
