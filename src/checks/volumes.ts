import type { Check, CheckInput } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type KubernetesObject, type Manifest, titleOf } from '../model/manifest.js';
import { quantityValue } from '../model/quantity.js';
import { named } from './reference/lenient.js';

const check: Check = {
  summary:
    'A volume that is published already never shrinks, grows only where its class can expand, and is not left behind unsaid; none is deleted when a pipeline prunes.',
  run: (input) => {
    const published = claimsIn(named(input.published.map((object) => ({ object }))));
    const claims = claimsIn(named(input.manifests));
    const changed = claims.flatMap((manifest) => {
      const before = published.find(({ object }) => same(object, manifest.object))?.object;
      return before ? changes(before, manifest, input) : [];
    });
    const gone = published.filter(({ object }) => !claims.some((one) => same(one.object, object)));
    return [
      ...changed,
      ...gone.map(({ object }) => leftBehind(object)),
      ...named(input.manifests).flatMap(unkept),
    ];
  },
};

export default check;

const keeping: Readonly<Record<string, RegExp>> = {
  'argocd.argoproj.io/sync-options': /^(?=.*\bPrune=false\b)(?=.*\bDelete=false\b)/,
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/,
};

/** Whether Argo CD or Flux would delete data together with what else is pruned. */
const unkept = ({ object, construct }: Manifest): Omit<Finding, 'check'>[] =>
  ['PersistentVolumeClaim', 'Namespace'].includes(object.kind)
    ? Object.entries(keeping)
        .filter(([key, kept]) => !kept.test(`${object.metadata.annotations?.[key]}`))
        .map(([key]) => ({
          severity: 'error',
          place: { object: titleOf(object), construct, path: `metadata.annotations['${key}']` },
          message: 'It is deleted when everything else is pruned, and the data with it.',
          ...(object.metadata.annotations?.[key] && { value: object.metadata.annotations[key] }),
          remedy:
            'Put the annotation back: Prune=false,Delete=false for Argo CD, disabled for Flux.',
        }))
    : [];

const claimsIn = <T extends { readonly object: KubernetesObject }>(all: readonly T[]): T[] =>
  all.filter(({ object }) => object.kind === 'PersistentVolumeClaim');

const same = (a: KubernetesObject, b: KubernetesObject): boolean => titleOf(a) === titleOf(b);

const leftBehind = (claim: KubernetesObject): Omit<Finding, 'check'> => ({
  severity: 'warning',
  place: { object: titleOf(claim) },
  message: 'The volume is published, and no longer part of the environment.',
  why: 'It stays in the cluster with its data, and whatever took its place starts empty.',
  remedy: 'Delete the claim by hand when nobody needs its data any more.',
});

const changes = (
  before: KubernetesObject,
  { object, construct }: Manifest,
  { expandableVolumes }: CheckInput,
): Omit<Finding, 'check'>[] => {
  const at = (path: string) => ({ object: titleOf(object), construct, path });
  const [old, fresh] = [sizeOf(before), sizeOf(object)];
  const growth = bytesOf(fresh) - bytesOf(old);
  const [oldClass, freshClass] = [classOf(before), classOf(object)];
  const found: Omit<Finding, 'check'>[] = [];
  if (growth < 0) {
    found.push({
      severity: 'error',
      place: at('spec.resources.requests.storage'),
      message: `The volume is published with ${old}, and no volume can shrink.`,
      value: fresh,
      remedy: `Set ${optionOf(object)} to ${old} or more.`,
    });
  }
  if (growth > 0 && !expandableVolumes) {
    found.push({
      severity: 'error',
      place: at('spec.resources.requests.storage'),
      message: `The volume is published with ${old}, and its storage class cannot expand it.`,
      value: fresh,
      remedy: `Set ${optionOf(object)} back to ${old}, or declare a class that can: cluster: { storageClass: { name, expandable: true } }.`,
    });
  }
  if (oldClass !== freshClass) {
    found.push({
      severity: 'error',
      place: at('spec.storageClassName'),
      message: `The volume is published with ${oldClass ? `the class ${oldClass}` : 'no class'}, which cannot change.`,
      ...(freshClass && { value: freshClass }),
      remedy: 'Set it back; a move to another class needs a new claim and a copy of the data.',
    });
  }
  return found;
};

/** The option of the environment that says the size, or the object for what it does not deploy. */
const optionOf = ({ metadata }: KubernetesObject): string =>
  `${metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name}.volume`;

const sizeOf = (claim: KubernetesObject): string =>
  `${claim.spec?.resources?.requests?.storage ?? ''}`;

const classOf = (claim: KubernetesObject): string | undefined =>
  claim.spec?.storageClassName ?? undefined;

/** Not a number for what is no quantity, of which the schema check tells. */
const bytesOf = (size: string): number => {
  try {
    return quantityValue(size);
  } catch {
    return Number.NaN;
  }
};
