import { z } from 'zod';
import type { Finding } from '../model/finding.js';
import { type LabelSelector, selects } from '../model/label-selector.js';
import type { Party } from '../model/party.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { validateValue } from '../schema/validate-value.js';
import type { Document } from './document.js';
import type { MonitorEndpoint, MonitorSpec } from './endpoint-schema.js';
import { applicationFinding, type Report } from './faults.js';
import { clientOf } from './monitor-client.js';
import { isIn, type Objects } from './object.js';
import { type Group, type Page, partyOf } from './page.js';
import { isConsequence, validPart } from './valid-part.js';

/** A converted object, or the reasons why it is rejected. */
export interface Converted {
  readonly party?: Party;
  readonly findings: readonly Finding[];
}

/** How one kind of monitor finds its targets. */
interface Kind<Spec extends MonitorSpec> {
  readonly spec: z.ZodType<Spec>;
  readonly endpoints: (spec: Spec) => {
    readonly path: string;
    readonly all: readonly MonitorEndpoint[];
  };
  /** The groups of an endpoint in one namespace. */
  readonly groups: (input: Input<Spec>) => readonly Group[];
  readonly steps?: (steps: readonly RelabelStep[]) => readonly RelabelStep[];
}

/** An endpoint of a monitor in one of its namespaces. */
export interface Input<Spec extends MonitorSpec = MonitorSpec> {
  readonly document: Document;
  readonly spec: Spec;
  readonly endpoint: MonitorEndpoint;
  readonly relabelings: readonly RelabelStep[];
  /** Path of the endpoint in the object. */
  readonly path: string;
  readonly namespace: string;
  readonly objects: Objects;
  readonly report: Report;
}

const envelope = <Spec>(spec: z.ZodType<Spec>) =>
  z.object({ metadata: z.object({ name: z.string().min(1) }), spec });

/** Returns a function that converts monitors of a kind to parties. */
export const converter =
  <Spec extends MonitorSpec>(kind: Kind<Spec>) =>
  (document: Document, objects: Objects): Converted => {
    const { data, findings, removed } = validPart(envelope(kind.spec), document);
    if (!data) return { findings };
    const { spec } = data;
    const faults: Finding[] = [...findings];
    const reported = new Set<string>();
    const report: Report = (path, fault, texts) => {
      // Several endpoints can have the same Service.
      const key = JSON.stringify([path, fault, texts?.message]);
      if (reported.has(key)) return;
      reported.add(key);
      if (isConsequence(path, removed)) return;
      faults.push(applicationFinding({ fault, place: document.at(path), ...texts }));
    };
    const namespaces = namespacesOf(document, spec, objects, report);
    const { path: list, all } = kind.endpoints(spec);
    const pages = all.map((endpoint, index): Page => {
      const path = `spec.${list}[${index}]`;
      const own = endpoint.relabelings ?? [];
      for (const [step, { target_label }] of own.entries()) {
        if (target_label === '__address__') report(`${path}.relabelings[${step}]`, 'other-address');
      }
      const relabelings = kind.steps?.(own) ?? own;
      const groups = namespaces.flatMap((namespace) =>
        kind.groups({ document, spec, endpoint, relabelings, path, namespace, objects, report }),
      );
      const client = clientOf(endpoint, path, document, objects, report);
      return { endpoint, client, relabelings, groups: distinct(groups) };
    });
    return faults.length > 0
      ? { findings: faults }
      : { party: partyOf(document, spec, pages), findings: [] };
  };

/** Validates an object; `schema` knows its fields beside `apiVersion` and `status`. */
export const readObject = <T>(
  schema: z.ZodType<T>,
  { value, at }: Document,
): { readonly data?: T; readonly findings: readonly Finding[] } => {
  const { data, faults } = validateValue(schema, value, '');
  return {
    ...(data !== undefined && { data }),
    findings: faults.map(({ place, ...fault }) =>
      applicationFinding({ ...fault, place: at(place.path) }),
    ),
  };
};

/** The namespaces in which a monitor selects objects. */
const namespacesOf = (
  document: Document,
  { namespaceSelector: { any, matchNames = [] } = {}, selector }: MonitorSpec,
  objects: Objects,
  report: Report,
): readonly string[] => {
  if (matchNames.length > 0) return [...new Set(matchNames)];
  if (any) {
    const known = matchingNamespaces(selector, objects);
    report('spec.namespaceSelector.any', 'all-namespaces', {
      value: true,
      ...(known.length > 0 && {
        remedy: `List the namespaces: namespaceSelector: { matchNames: [${known.join(', ')}] }.`,
      }),
    });
    return [];
  }
  const { namespace } = document.metadata;
  if (namespace !== undefined) return [namespace];
  const beside = matchingNamespaces(selector, {
    services: objects.services.filter(({ application }) => application === document.application),
    pods: objects.pods.filter(({ application }) => application === document.application),
  });
  if (beside.length > 0) return beside;
  report('metadata', 'no-namespace');
  return [];
};

const matchingNamespaces = (
  selector: LabelSelector,
  { services, pods }: Pick<Objects, 'services' | 'pods'>,
): string[] => [
  ...new Set(
    [...services, ...pods].flatMap(({ labels, namespace }) =>
      namespace !== undefined && selects(selector, labels) ? namespace : [],
    ),
  ),
];

/** Whether an object of `applications/` is in the namespace of the input. */
export const isBeside =
  ({ namespace, document }: Pick<Input, 'namespace' | 'document'>) =>
  (object: Parameters<typeof isIn>[0]): boolean =>
    isIn(object, namespace, document.application);

/** Gives groups with equal names different ones: the same name in several namespaces. */
const distinct = (groups: readonly Group[]): Group[] =>
  groups.map((group, index) => {
    const first = groups.findIndex(({ name }) => name === group.name);
    return first === index ? group : { ...group, name: `${group.name}-${index}` };
  });
