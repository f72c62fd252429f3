import type { Manifest } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { accountOf, roleOf } from './role.js';

/** What is wrong with whom a binding names, and with the role that it gives. */
export const bindingFaults = (
  manifest: Manifest,
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): Fault[] => {
  const { object } = manifest;
  const subjects = listOf(object.subjects);
  const used = [...new Set(templates.map(accountOf))];
  return [
    ...(roleOf(manifest, manifests)
      ? []
      : [
          {
            path: 'roleRef',
            message: 'The binding gives a role that is not of this stack.',
            value: `${recordOf(object.roleRef).kind} ${recordOf(object.roleRef).name}`,
            why: 'What it lets is not written here, and may change.',
            remedy: 'Bind a Role with the rules that are needed.',
          },
        ]),
    ...(subjects.length === 0
      ? [
          {
            path: 'subjects',
            message: 'The binding names nobody.',
            remedy: 'Name the service account that needs the role, or remove it.',
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
): Fault[] => {
  if (kind !== 'ServiceAccount') {
    return [
      {
        path,
        message: 'The role is given to somebody else than a service account of the stack.',
        value: `${kind} ${name}`,
        why: 'Who that is, is decided elsewhere.',
        remedy: 'Name the service account of a workload.',
      },
    ];
  }
  const account = `${namespace}/${name}`;
  if (used.includes(account)) return [];
  const suggestion = suggest(account, used);
  return [
    {
      path,
      message: 'No workload of the stack runs under the service account.',
      value: account,
      why: 'Whoever runs a pod under it has the rights of the role.',
      remedy: 'Name the service account of the workload that needs them.',
      ...(suggestion && { suggestion }),
    },
  ];
};
