import { join } from 'node:path';
import type { ScrapeConfig } from '../config/scrape-config.js';
import { strayFiles } from '../config/stray.js';
import type { Finding } from '../model/finding.js';
import type { Party } from '../model/party.js';
import { suggest } from '../model/suggestion.js';
import { withCertificates } from './certificate.js';
import { type Document, extensions, readDocuments, yamlFilesIn } from './document.js';
import { applicationFinding } from './faults.js';
import type { Converted } from './monitor.js';
import { isObject, type Objects, objectsIn } from './object.js';
import { podMonitor } from './pod-monitor.js';
import { probe } from './probe.js';
import type { ProbeTarget } from './probe-target.js';
import { scrapeConfig } from './scrape-config.js';
import { serviceMonitor } from './service-monitor.js';

/** The monitors of one YAML file of `applications/`. */
export interface Monitors {
  /** Name of the file without its extension. */
  readonly name: string;
  readonly parties: readonly Party[];
  /** Native scrape jobs. */
  readonly jobs: readonly ScrapeConfig[];
  /** Targets that modules of an environment probe. */
  readonly targets: readonly ProbeTarget[];
}

export interface LoadedMonitors {
  readonly monitors: readonly Monitors[];
  /** Services and other objects that monitors refer to. */
  readonly objects: Objects;
  /** Names of the files that cannot be read. */
  readonly unreadable: readonly string[];
  readonly findings: readonly Finding[];
}

type Convert = (
  document: Document,
  objects: Objects,
) => Converted & { readonly job?: ScrapeConfig; readonly targets?: readonly ProbeTarget[] };

/** A Map, since a file can have a kind such as `constructor`. */
const converters: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ['ServiceMonitor', serviceMonitor],
  ['PodMonitor', podMonitor],
  ['ScrapeConfig', scrapeConfig],
  ['Probe', probe],
]);

/** Loads the monitors of `applications/` of each folder. */
export const loadMonitors = (folders: readonly string[]): LoadedMonitors => {
  const read = folders
    .map((folder) => join(folder, 'applications'))
    .flatMap((folder) => yamlFilesIn(folder).map((entry) => readDocuments(folder, entry)));
  const documents = read.flatMap((one) => one.documents);
  const objects = objectsIn(documents);
  const converted = documents
    .filter(({ kind }) => converters.has(kind))
    .map((document) => ({
      document,
      ...converters.get(document.kind)!(withCertificates(document, objects), objects),
    }));
  const names = [...new Set(documents.map(({ application }) => application))];
  return {
    objects,
    monitors: names.map((name) => ({
      name,
      parties: converted.flatMap(({ document, party }) =>
        party && document.application === name ? party : [],
      ),
      jobs: converted.flatMap(({ document, job }) =>
        job && document.application === name ? job : [],
      ),
      targets: converted.flatMap(({ document, targets = [] }) =>
        document.application === name ? targets : [],
      ),
    })),
    unreadable: read.flatMap(({ unreadable }) => unreadable ?? []),
    findings: [
      ...folders.flatMap((folder) =>
        strayFiles(join(folder, 'applications'), 'applications', extensions),
      ),
      ...read.flatMap((one) => one.findings),
      ...documents.flatMap(unknownKind),
      ...read.flatMap((one) => withoutMonitor(one.documents)),
      ...duplicates(documents.filter(({ kind }) => converters.has(kind))),
      ...converted.flatMap(({ findings }) => findings),
    ],
  };
};

/** The other kinds of the operator, and where their content belongs. */
const otherKinds: ReadonlyMap<string, string> = new Map([
  ['PrometheusRule', 'Move it to a file in alerts/: here, its rules are not loaded.'],
  ['AlertmanagerConfig', 'Write it in alerting.config of the environment.'],
  ['Alertmanager', 'Remove it: the stack has its own Alertmanager.'],
  ['Prometheus', 'Remove it: the stack has its own Prometheus.'],
  ['PrometheusAgent', 'Remove it: the stack has its own Prometheus.'],
  ['ThanosRuler', 'Remove it: nothing here runs a ruler of Thanos.'],
]);

/** An object of the operator that is not read, or a misspelt kind; other objects of an application are ignored. */
const unknownKind = ({ kind, value, at }: Document): Finding[] => {
  const known = [...converters.keys()];
  if (known.includes(kind) || isObject(kind)) return [];
  const remedy = otherKinds.get(kind);
  if (remedy !== undefined) {
    const severity = 'warning';
    return [
      applicationFinding({ fault: 'unknown-kind', severity, place: at(), value: kind, remedy }),
    ];
  }
  const suggestion = suggest(kind, known);
  const isOperators = `${value.apiVersion}`.startsWith('monitoring.coreos.com/');
  if (kind !== '' && !isOperators && suggestion === undefined) return [];
  return [
    applicationFinding({
      fault: 'unknown-kind',
      place: at(),
      ...(kind === ''
        ? { message: 'The document is not a Kubernetes object: it has no kind.' }
        : { value: kind }),
      ...(suggestion && { suggestion }),
    }),
  ];
};

const withoutMonitor = (documents: readonly Document[]): Finding[] => {
  const [first] = documents;
  const isUsed = ({ kind, value }: Document): boolean =>
    converters.has(kind) ||
    isObject(kind) ||
    `${value.apiVersion}`.startsWith('monitoring.coreos.com/');
  if (!first || documents.some(isUsed) || documents.some((one) => unknownKind(one).length > 0))
    return [];
  const { file } = first.at();
  return [applicationFinding({ fault: 'no-monitor', place: { file } })];
};

const duplicates = (documents: readonly Document[]): Finding[] => {
  const keyOf = ({ kind, metadata: { namespace, name } }: Document) =>
    `${kind} ${namespace}/${name}`;
  return documents.flatMap((one, index): Finding[] => {
    const first = documents.find((other) => keyOf(other) === keyOf(one))!;
    if (documents.indexOf(first) === index) return [];
    const message = `${first.at().file} has the same object.`;
    return [applicationFinding({ fault: 'duplicate-monitor', place: one.at(), message })];
  });
};
