import { type Manifest, titleOf } from '../../../model/manifest.js';
import { isSameWorkload, type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Need } from './declared.js';
import type { LeastPrivilegeFault } from './faults.js';
import { accountOf, type Grant } from './role.js';

/** Faults of a service account. */
export const accountFaults = (
  { object }: Manifest,
  templates: readonly PodTemplate[],
): LeastPrivilegeFault[] => {
  const account = `${object.metadata.namespace}/${object.metadata.name}`;
  return [
    ...(templates.some((template) => accountOf(template) === account)
      ? []
      : [
          {
            path: 'metadata.name',
            fault: 'unused-account' as const,
            value: object.metadata.name,
          },
        ]),
    ...(object.automountServiceAccountToken === false ? [] : [mounting('', object)]),
    ...(listOf(object.secrets).length > 0
      ? [
          {
            path: 'secrets',
            fault: 'permanent-token' as const,
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
  fault: 'mounted-token' as const,
  value,
});

/** Faults of the service account and the tokens of a workload's pods. */
export const podFaults = (
  template: PodTemplate,
  templates: readonly PodTemplate[],
  grants: readonly Grant[],
  { audiences }: Need,
): LeastPrivilegeFault[] => {
  const { spec, path, manifest } = template;
  const account = accountOf(template);
  const at = `${path}.serviceAccountName`;
  const other = templates.find(
    (one) => one !== template && accountOf(one) === account && !isSameWorkload(one, template),
  );
  const isBound = grants.some(({ accounts }) => accounts.includes(account));
  const tokens = tokensOf(template);
  const found: LeastPrivilegeFault[] = [];
  if (spec.automountServiceAccountToken !== false) found.push(mounting(`${path}.`, spec));
  if ((spec.serviceAccountName ?? 'default') === 'default') {
    found.push({
      path: at,
      fault: 'default-account' as const,
      value: spec.serviceAccountName,
    });
  } else if (other) {
    found.push({
      path: at,
      fault: 'shared-account',
      message: `${titleOf(other.manifest.object)} uses the same service account.`,
      value: spec.serviceAccountName,
    });
  }
  for (const token of tokens) {
    if (token.audience === undefined && !isBound) {
      found.push({
        path: token.path,
        fault: 'useless-token',
      });
    }
    if (token.audience !== undefined && !audiences.includes(token.audience)) {
      found.push({
        path: `${token.path}.audience`,
        fault: 'unknown-audience',
        value: token.audience,
        remedy: audiences.length > 0 ? `Use one of ${audiences.join(', ')}.` : 'Remove it.',
      });
    }
  }
  const reads = tokens.some(({ audience }) => audience === undefined);
  if (isBound && !reads && spec.automountServiceAccountToken === false) {
    found.push({
      path: `${path}.volumes`,
      fault: 'unused-rights',
      value: account,
      remedy: `Mount a projected token in the container of ${titleOf(manifest.object)} that uses the API, or remove the bindings.`,
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
