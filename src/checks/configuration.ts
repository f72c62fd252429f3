import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { once, onceForText } from '../model/once.js';
import { hold } from '../schema/hold.js';
import { type FileKind, fileKinds } from './configuration/file.js';
import { flagFaults } from './configuration/flag.js';
import { unlisted } from './configuration/listing.js';
import { processFaults } from './configuration/process.js';
import { componentOf, contentOf, filesRead, type ReadFile } from './configuration/reading.js';
import { replicaFaults } from './configuration/replica.js';
import { errorIn } from './pod/fault.js';
import { templatesIn } from './pod/template.js';
import { named, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every configuration file that a component of ours reads has a strict type: no field that we do not write, none missing, every duration, size, URL and regular expression well formed, every name inside (receivers, pipelines, data sources) defined in it; so have the arguments of its containers, every file is found by one, where it looks for it, and a change of it reaches the process.',
  run: ({ manifests: all }) => {
    const manifests = named(all);
    const ours = new Set([...fileKinds.map(({ component }) => component), ...withoutFiles]);
    const templates = templatesIn(manifests);
    const files = filesRead(templates, manifests);
    const mine = templates.filter((template) => ours.has(componentOf(template)));
    return [
      ...files
        .filter(({ template }) => mine.includes(template))
        .flatMap((file) =>
          file.kind ? faultsOf(file.kind, file) : [unread(file, componentOf(file.template))],
        ),
      ...unmounted(manifests, files),
      ...misplaced(files),
      ...mine.flatMap((template) =>
        template.containers
          .flatMap((one) => flagFaults(one, template))
          .map((fault) => errorIn(template.manifest, fault)),
      ),
      ...files.flatMap(replicaFaults),
      ...unlisted(files),
      ...mine.flatMap((template) =>
        processFaults(
          template,
          files.filter((file) => file.template === template),
        ).map((fault) => errorIn(template.manifest, fault)),
      ),
    ];
  },
};

export default check;

// They are told all by arguments.
const withoutFiles = ['cadvisor', 'kube-state-metrics', 'node-exporter'];

type Result = Omit<Finding, 'check'>;

// Environments share rule files and dashboards, and what is held of them once is held.
const judgeOf = once((kind: FileKind) => onceForText((text) => judge(kind, text)));

const faultsOf = (kind: FileKind, { key, text, manifest }: ReadFile): Result[] => {
  return judgeOf(kind)(text).map(({ check: _, place, ...finding }) => ({
    ...finding,
    place: placeOf(manifest, [key, place.path].filter(Boolean).join(': ')),
  }));
};

const judge = (kind: FileKind, text: string): readonly Finding[] => {
  const { fault, ...content } = contentOf(kind, text);
  if (fault === undefined) {
    return hold(kind.schema, 'value' in content ? content.value : undefined, '', 'configuration')
      .findings;
  }
  return [
    {
      check: 'configuration',
      severity: 'error',
      place: {},
      message: `The file cannot be read: ${fault}`,
      remedy: 'Correct it there.',
    },
  ];
};

const unread = ({ manifest, key }: ReadFile, component: string): Result => ({
  severity: 'error',
  place: placeOf(manifest, key),
  message: `${component} reads no file of this name.`,
  value: key,
  remedy: `Its files are ${fileKinds
    .filter((one) => one.component === component)
    .map((one) => one.key.source.replace(/[\^$\\]/g, '').replace(/^\./, '*.'))
    .join(', ')}.`,
});

/** Files that ship and that no container finds. */
const unmounted = (manifests: readonly Manifest[], files: readonly ReadFile[]): Result[] =>
  manifests
    .filter(({ object }) => object.kind === 'ConfigMap')
    .flatMap((manifest) =>
      Object.keys(recordOf(manifest.object.data))
        .filter((key) => !files.some((file) => file.manifest === manifest && file.key === key))
        .map(
          (key): Result => ({
            severity: 'error',
            place: placeOf(manifest, key),
            message: 'No container finds this file.',
            value: key,
            remedy: 'Mount the ConfigMap, and name the key among its items where some are named.',
          }),
        ),
    );

/** Files that a container finds where its program does not look for them. */
const misplaced = (files: readonly ReadFile[]): Result[] =>
  files
    .filter(({ kind, paths }) => kind?.at && !paths.some((path) => kind.at?.test(path)))
    .map(({ template, container, key, paths }) =>
      errorIn(template.manifest, {
        path: `${container.path}.volumeMounts`,
        message: `${componentOf(template)} does not look for ${key} where it lies.`,
        value: paths.join(', '),
        remedy: 'Name its path among the items of the volume, or the folder where it is mounted.',
      }),
    );

const placeOf = ({ object, construct }: Manifest, path: string): Finding['place'] => ({
  object: titleOf(object),
  construct,
  path,
});
