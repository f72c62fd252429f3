import { type Manifest, titleOf } from '../../../model/manifest.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { listOf } from '../../support/untyped.js';
import type { Need } from './declared.js';
import type { LeastPrivilegeFault } from './faults.js';
import { includes, type Right, rightsOf, rightText } from './right.js';
import { accountOf, type Grant } from './role.js';

/** A workload with the rights that its declared connections need. */
export type Needy = readonly [template: PodTemplate, need: Need];

/** Rights of a role that no workload with this role needs according to the declarations. */
export const excess = (
  manifest: Manifest,
  grants: readonly Grant[],
  needy: readonly Needy[],
): LeastPrivilegeFault[] => {
  const bound = grants.filter(({ role }) => role === manifest);
  // A role that is not bound to a workload of the stack is another finding.
  const needs = bound.flatMap(({ namespace, accounts }) =>
    needy
      .filter(([template]) => accounts.includes(accountOf(template)))
      .map(([, need]) => ({ namespace, need })),
  );
  if (needs.length === 0) return [];
  return listOf(manifest.object.rules).flatMap((rule, index) => {
    const rights = rightsOf(rule);
    const tooMuch = rights.filter(
      (right) =>
        !needs.some(({ namespace, need }) =>
          scopesOf(need, namespace).some((one) => includes(one, right)),
        ),
    );
    if (tooMuch.length === 0) return [];
    const elsewhere = needs.flatMap(({ need }) =>
      [...need.namespaces]
        .filter(([, declared]) =>
          tooMuch.some((right) => declared.some((one) => includes(one, right))),
        )
        .map(([namespace]) => namespace),
    );
    return [
      {
        path: `rules[${index}]`,
        fault: 'excess-right',
        value: tooMuch.map(rightText).join(', '),
        ...(elsewhere.length > 0 && {
          why: `It is only needed in ${[...new Set(elsewhere)].join(', ')}: a Role there is enough.`,
        }),
      },
    ];
  });
};

/** Rights that declared connections of a workload need and that no role gives. */
export const lack = ([template, need]: Needy, grants: readonly Grant[]): LeastPrivilegeFault[] => {
  const account = accountOf(template);
  const own = grants.filter(({ accounts }) => accounts.includes(account));
  const given = (namespace?: string): Right[] =>
    own
      .filter((grant) => grant.namespace === undefined || grant.namespace === namespace)
      .flatMap(({ role }) => listOf(role.object.rules).flatMap(rightsOf));
  const missing = (rights: readonly Right[], namespace?: string): LeastPrivilegeFault[] => {
    const here = given(namespace);
    const left = rights.filter((right) => !here.some((one) => includes(one, right)));
    if (left.length === 0) return [];
    return [
      {
        path: `${template.path}.serviceAccountName`,
        fault: 'missing-right',
        message: `The service account does not have rights that its connections need ${namespace ? `in ${namespace}` : 'in the cluster'}.`,
        value: [...new Set(left.map(rightText))].join(', '),
        why: `The API server rejects these requests of ${titleOf(template.manifest.object)}.`,
      },
    ];
  };
  return [
    ...missing(need.cluster),
    ...[...need.namespaces].flatMap(([namespace, rights]) => missing(rights, namespace)),
  ];
};

const scopesOf = (
  { cluster, namespaces }: Need,
  namespace: string | undefined,
): readonly Right[] => (namespace === undefined ? cluster : (namespaces.get(namespace) ?? []));
