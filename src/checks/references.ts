import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { titleOf } from '../model/manifest.js';
import { suggest } from '../model/suggestion.js';
import { fileReferences } from './reference/file.js';
import { type Inventory, inventoryOf } from './reference/inventory.js';
import { named } from './reference/lenient.js';
import { type Reference, referencesOf } from './reference/reference.js';

const check: Check = {
  summary:
    'Every reference resolves: to an object that ships or is declared to exist in the cluster, or to a part of the object itself.',
  run: ({ manifests: all, prerequisites }) => {
    const manifests = named(all);
    const inventory = inventoryOf(manifests, prerequisites);
    const shipped = manifests.flatMap(({ object }) =>
      object.kind === 'Namespace' ? object.metadata.name : [],
    );
    return manifests.flatMap(({ object, construct }) =>
      [...referencesOf(object), ...fileReferences(object, inventory)]
        // What Services there are in namespaces of others is not known here.
        .filter(({ kind, namespace }) => kind !== 'Service' || shipped.includes(`${namespace}`))
        .flatMap((reference) =>
          faultOf(reference, inventory).map((fault) => ({
            place: { object: titleOf(object), construct, path: reference.path },
            ...fault,
          })),
        ),
    );
  },
};

export default check;

type Fault = Omit<Finding, 'check' | 'place'>;

const faultOf = (reference: Reference, inventory: Inventory): Fault[] => {
  const { name, key, among } = reference;
  if (among) return among.includes(name) ? [] : [missingPart(reference, among)];
  const target = inventory.find(reference);
  // Beside a reference to a key stands one to its object, which tells that it is missing.
  if (!target) return key === undefined ? [missing(reference, inventory.names(reference))] : [];
  return key === undefined || target.keys.includes(key)
    ? []
    : [missingKey(reference, key, target.keys)];
};

// What somebody else can make beforehand.
const declarable = [
  'Namespace',
  'Secret',
  'StorageClass',
  'PriorityClass',
  'IngressClass',
  'Gateway',
];

const missing = ({ kind, namespace, name }: Reference, candidates: readonly string[]): Fault => {
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  if (kind === 'Pod') {
    return {
      severity: 'error',
      message: `No workload${where} makes pods with these labels.`,
      value: name,
      remedy: 'Select by labels that the pods of a workload bear.',
    };
  }
  const use = candidates.length ? `Refer to one of ${candidates.join(', ')}` : 'Add it';
  return {
    severity: 'error',
    ...(declarable.includes(kind)
      ? {
          message: `There is no ${kind} '${name}'${where}, neither here nor declared to exist.`,
          remedy: `${use}, or declare it as a prerequisite of the party that needs it.`,
        }
      : { message: `There is no ${kind} '${name}'${where}.`, remedy: `${use}.` }),
    value: name,
    ...suggestionFor(name, candidates),
  };
};

const missingPart = ({ kind, name, why }: Reference, among: readonly string[]): Fault => ({
  severity: 'error',
  message: `There is no ${kind} '${name}' ${kind === 'volume' ? 'in the pod' : 'in the container'}.`,
  value: name,
  ...(why && { why }),
  remedy: among.length ? `Use one of ${among.join(', ')}.` : 'Add it.',
  ...suggestionFor(name, among),
});

const missingKey = ({ kind, name }: Reference, key: string, keys: readonly string[]): Fault => ({
  severity: 'error',
  message:
    kind === 'Pod'
      ? `No container of the selected pods has a port '${key}'.`
      : `${kind} '${name}' has no ${kind === 'Service' ? 'port' : 'key'} '${key}'.`,
  value: key,
  remedy: keys.length ? `Use one of ${keys.join(', ')}.` : 'Add it.',
  ...suggestionFor(key, keys),
});

const suggestionFor = (name: string, candidates: readonly string[]) => {
  const suggestion = suggest(name, candidates);
  return suggestion ? { suggestion } : {};
};
