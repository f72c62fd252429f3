import { defineCheck } from '../../model/check.js';
import type { FoundFault } from '../../model/fault.js';
import { titleOf } from '../../model/manifest.js';
import { prerequisiteKinds } from '../../model/prerequisite.js';
import { suggest } from '../../model/suggestion.js';
import { referencesOf } from '../support/reference/object.js';
import type { Reference } from '../support/reference/reference.js';
import { named } from '../support/untyped.js';
import { faults } from './references/faults.js';
import { fileReferences } from './references/file-reference.js';
import { type Inventory, inventoryOf } from './references/inventory.js';

const check = defineCheck({
  faults,
  summary:
    'Every reference resolves: to an object that ships or is declared as a prerequisite, or to a part of the object itself.',
  run: ({ manifests: all, prerequisites }) => {
    const manifests = named(all);
    const inventory = inventoryOf(manifests, prerequisites);
    const shipped = manifests.flatMap(({ object }) =>
      object.kind === 'Namespace' ? object.metadata.name : [],
    );
    return manifests.flatMap(({ object, construct }) =>
      [...referencesOf(object), ...fileReferences(object, inventory)]
        // The Services in foreign namespaces are unknown.
        .filter(({ kind, namespace }) => kind !== 'Service' || shipped.includes(`${namespace}`))
        .flatMap((reference) =>
          faultOf(reference, inventory).map((fault) => ({
            place: { object: titleOf(object), construct, path: reference.path },
            ...fault,
          })),
        ),
    );
  },
});

export default check;

type Fault = Omit<FoundFault<keyof typeof faults>, 'place'>;

const faultOf = (reference: Reference, inventory: Inventory): Fault[] => {
  const { name, key, among } = reference;
  if (among) return among.includes(name) ? [] : [missingPart(reference, among)];
  const target = inventory.find(reference);
  // A reference to a key has a separate reference to its object, which reports that the object is missing.
  if (!target) return key === undefined ? [missing(reference, inventory.names(reference))] : [];
  return key === undefined || target.keys.includes(key)
    ? []
    : [missingKey(reference, key, target.keys)];
};

const missing = ({ kind, namespace, name }: Reference, candidates: readonly string[]): Fault => {
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  if (kind === 'Pod') {
    return {
      fault: 'no-pods',
      message: `No workload${where} has pods with these labels.`,
      value: name,
    };
  }
  const use = candidates.length ? `Refer to one of ${candidates.join(', ')}` : 'Add it';
  return {
    fault: 'missing-object',
    ...(prerequisiteKinds.some((one) => one === kind)
      ? {
          message: `${kind} '${name}' does not exist${where}, and is not declared as a prerequisite.`,
          remedy: `${use}, or declare it as a prerequisite of the party that needs it.`,
        }
      : { message: `${kind} '${name}' does not exist${where}.`, remedy: `${use}.` }),
    value: name,
    ...suggestionFor(name, candidates),
  };
};

const missingPart = ({ kind, name, why }: Reference, among: readonly string[]): Fault => ({
  fault: 'missing-part',
  message: `The ${kind === 'volume' ? 'pod' : 'container'} has no ${kind} '${name}'.`,
  value: name,
  ...(why && { why }),
  remedy: among.length ? `Use one of ${among.join(', ')}.` : 'Add it.',
  ...suggestionFor(name, among),
});

const missingKey = ({ kind, name }: Reference, key: string, keys: readonly string[]): Fault => ({
  fault: 'missing-key',
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
