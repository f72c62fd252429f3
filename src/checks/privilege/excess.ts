import { type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf } from '../reference/lenient.js';
import type { Need } from './declared.js';
import { includes, type Right, rightsOf, rightText } from './right.js';
import { accountOf, type Grant } from './role.js';

/** A workload with what it is declared to need. */
export type Needy = readonly [template: PodTemplate, need: Need];

/** What a role lets beyond what any workload that it is bound to is declared to need. */
export const excess = (
  manifest: Manifest,
  grants: readonly Grant[],
  needy: readonly Needy[],
): Fault[] => {
  const bound = grants.filter(({ role }) => role === manifest);
  // One that is not bound, or to nobody of the stack, is a finding of its own.
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
        message: 'The rule lets more than any declared connection needs.',
        value: tooMuch.map(rightText).join(', '),
        ...(elsewhere.length > 0 && {
          why: `That is needed in ${[...new Set(elsewhere)].join(', ')} alone, where a Role does.`,
        }),
        remedy: "Remove it, or declare it: consumes: [required('kubernetes-api', { rules })].",
      },
    ];
  });
};

/** What declared connections of a workload need and no role lets. */
export const lack = ([template, need]: Needy, grants: readonly Grant[]): Fault[] => {
  const account = accountOf(template);
  const own = grants.filter(({ accounts }) => accounts.includes(account));
  const given = (namespace?: string): Right[] =>
    own
      .filter((grant) => grant.namespace === undefined || grant.namespace === namespace)
      .flatMap(({ role }) => listOf(role.object.rules).flatMap(rightsOf));
  const missing = (rights: readonly Right[], namespace?: string): Fault[] => {
    const here = given(namespace);
    const left = rights.filter((right) => !here.some((one) => includes(one, right)));
    if (left.length === 0) return [];
    return [
      {
        path: `${template.path}.serviceAccountName`,
        message: `The service account may not do what its connections need ${namespace ? `in ${namespace}` : 'in the cluster'}.`,
        value: [...new Set(left.map(rightText))].join(', '),
        why: `The API server refuses it to ${titleOf(template.manifest.object)}.`,
        remedy: 'Roles follow from the declarations: see whether a patch changed one.',
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
