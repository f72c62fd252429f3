import { type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import { type PodTemplate, volumesOf } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Need } from './declared.js';
import { accountOf, type Grant } from './role.js';

/** What is wrong with a service account that ships. */
export const accountFaults = ({ object }: Manifest, templates: readonly PodTemplate[]): Fault[] => {
  const account = `${object.metadata.namespace}/${object.metadata.name}`;
  return [
    ...(templates.some((template) => accountOf(template) === account)
      ? []
      : [
          {
            path: 'metadata.name',
            message: 'No workload runs under the service account.',
            value: object.metadata.name,
            remedy: 'Name it in the workload that is meant, or remove it.',
          },
        ]),
    ...(object.automountServiceAccountToken === false ? [] : [mounting('', object)]),
    ...(listOf(object.secrets).length > 0
      ? [
          {
            path: 'secrets',
            message: 'The service account has a token that never ends.',
            remedy: 'Remove it: tokens are projected.',
          },
        ]
      : []),
  ];
};

const mounting = (
  path: string,
  { automountServiceAccountToken: value }: { [key: string]: unknown },
) => ({
  path: `${path}automountServiceAccountToken`,
  message: 'Every container gets a token for the Kubernetes API.',
  value,
  why: 'A program that never asks the API has no use for one, and whoever breaks in has.',
  remedy: 'Say automountServiceAccountToken: false; who needs a token mounts it.',
});

/** What is wrong with the account and the tokens of a workload's pods. */
export const podFaults = (
  template: PodTemplate,
  templates: readonly PodTemplate[],
  grants: readonly Grant[],
  { audiences }: Need,
): Fault[] => {
  const { spec, path, manifest } = template;
  const account = accountOf(template);
  const at = `${path}.serviceAccountName`;
  const other = templates.find((one) => one !== template && accountOf(one) === account);
  const isBound = grants.some(({ accounts }) => accounts.includes(account));
  const tokens = tokensOf(template);
  const found: Fault[] = [];
  if (spec.automountServiceAccountToken !== false) found.push(mounting(`${path}.`, spec));
  if ((spec.serviceAccountName ?? 'default') === 'default') {
    found.push({
      path: at,
      message: 'The pods run under the service account that all pods have.',
      value: spec.serviceAccountName,
      why: 'What one of them may do, all may.',
      remedy: 'Give the workload a service account of its own.',
    });
  } else if (other) {
    found.push({
      path: at,
      message: `${titleOf(other.manifest.object)} runs under the same service account.`,
      value: spec.serviceAccountName,
      why: 'Each may do what only the other needs.',
      remedy: 'Give each a service account of its own.',
    });
  }
  for (const token of tokens) {
    if (token.audience === undefined && !isBound) {
      found.push({
        path: token.path,
        message: 'The pods mount a token for the Kubernetes API, and may ask it nothing.',
        remedy: 'Remove it, or declare what they ask.',
      });
    }
    if (token.audience !== undefined && !audiences.includes(token.audience)) {
      found.push({
        path: `${token.path}.audience`,
        message: 'No declared connection asks for a token of this audience.',
        value: token.audience,
        remedy: audiences.length > 0 ? `Use one of ${audiences.join(', ')}.` : 'Remove it.',
      });
    }
  }
  const reads = tokens.some(({ audience }) => audience === undefined);
  if (isBound && !reads && spec.automountServiceAccountToken === false) {
    found.push({
      path: `${path}.volumes`,
      message: 'Roles are bound to the service account, and no container mounts its token.',
      value: account,
      why: 'Nobody can use these rights, but whoever makes a token of the account.',
      remedy: `Mount a projected token where ${titleOf(manifest.object)} asks the API, or remove the bindings.`,
    });
  }
  return found;
};

interface Token {
  readonly path: string;
  readonly audience?: string;
}

const tokensOf = (template: PodTemplate): Token[] =>
  volumesOf(template).flatMap(({ volume, path }) =>
    listOf(recordOf(volume.projected).sources).flatMap(({ serviceAccountToken }, index) => {
      if (!serviceAccountToken) return [];
      const { audience } = recordOf(serviceAccountToken);
      return [
        {
          path: `${path}.projected.sources[${index}].serviceAccountToken`,
          ...(audience && { audience }),
        },
      ];
    }),
  );
