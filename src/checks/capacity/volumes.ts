import { type CheckInput, defineCheck } from '../../model/check.js';
import { type KubernetesObject, type Manifest, titleOf } from '../../model/manifest.js';
import { quantityValue } from '../../model/quantity.js';
import { named } from '../support/untyped.js';
import { faults, type Result } from './volumes/faults.js';

const check = defineCheck({
  faults,
  summary:
    'A published volume never shrinks, grows only if its class can expand, and is not left behind without a warning. No volume is deleted when a pipeline prunes.',
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
});

export default check;

const keeping: Readonly<Record<string, RegExp>> = {
  'argocd.argoproj.io/sync-options': /^(?=.*\bPrune=false\b)(?=.*\bDelete=false\b)/,
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/,
};

/** Whether Argo CD or Flux deletes data when they prune objects. */
const unkept = ({ object, construct }: Manifest): Result[] =>
  ['PersistentVolumeClaim', 'Namespace'].includes(object.kind)
    ? Object.entries(keeping)
        .filter(([key, kept]) => !kept.test(`${object.metadata.annotations?.[key]}`))
        .map(([key]) => ({
          place: { object: titleOf(object), construct, path: `metadata.annotations['${key}']` },
          fault: 'pruned',
          ...(object.metadata.annotations?.[key] && { value: object.metadata.annotations[key] }),
        }))
    : [];

const claimsIn = <T extends { readonly object: KubernetesObject }>(all: readonly T[]): T[] =>
  all.filter(({ object }) => object.kind === 'PersistentVolumeClaim');

const same = (a: KubernetesObject, b: KubernetesObject): boolean => titleOf(a) === titleOf(b);

const leftBehind = (claim: KubernetesObject): Result => ({
  place: { object: titleOf(claim) },
  fault: 'removed',
});

const changes = (
  before: KubernetesObject,
  { object, construct }: Manifest,
  { expandableVolumes }: CheckInput,
): Result[] => {
  const at = (path: string) => ({ object: titleOf(object), construct, path });
  const [old, fresh] = [sizeOf(before), sizeOf(object)];
  const growth = bytesOf(fresh) - bytesOf(old);
  const [oldClass, freshClass] = [classOf(before), classOf(object)];
  const found: Result[] = [];
  if (growth < 0) {
    found.push({
      place: at('spec.resources.requests.storage'),
      fault: 'shrunk',
      message: `The published volume has ${old}, and a volume cannot shrink.`,
      value: fresh,
      remedy: `Set ${optionOf(object)} to ${old} or more.`,
    });
  }
  if (growth > 0 && !expandableVolumes) {
    found.push({
      place: at('spec.resources.requests.storage'),
      fault: 'not-expandable',
      message: `The published volume has ${old}, and its storage class cannot expand it.`,
      value: fresh,
      remedy: `Set ${optionOf(object)} to ${old}, or use a class that can expand volumes: cluster: { storageClass: { name, expandable: true } }.`,
    });
  }
  if (oldClass !== freshClass) {
    found.push({
      place: at('spec.storageClassName'),
      fault: 'class-changed',
      message: `The published volume has ${oldClass ? `the class ${oldClass}` : 'no class'}, which cannot change.`,
      ...(freshClass && { value: freshClass }),
    });
  }
  return found;
};

/** The option that sets the size, or the name of the object if it is not from an environment. */
const optionOf = ({ metadata }: KubernetesObject): string =>
  `${metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name}.volume`;

const sizeOf = (claim: KubernetesObject): string =>
  `${claim.spec?.resources?.requests?.storage ?? ''}`;

const classOf = (claim: KubernetesObject): string | undefined =>
  claim.spec?.storageClassName ?? undefined;

/** NaN for an invalid quantity, which the check `schema` reports. */
const bytesOf = (size: string): number => {
  try {
    return quantityValue(size);
  } catch {
    return Number.NaN;
  }
};
