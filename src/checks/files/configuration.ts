import { defineCheck } from '../../model/check.js';
import type { ConfigFile } from '../../model/file.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import { validateValue } from '../../schema/validate-value.js';
import { contentOf, filesIn, labelledFiles, type MountedFile, programOf } from '../support/file.js';
import { faultIn } from '../support/pod/fault.js';
import { templatesIn } from '../support/pod/template.js';
import { named, recordOf } from '../support/untyped.js';
import { faults, type Result } from './configuration/faults.js';
import { flagFaults } from './configuration/flag.js';
import { memoryFaults } from './configuration/memory.js';
import { mountFaults } from './configuration/mount.js';
import { pathFaults } from './configuration/path.js';
import { missingFiles, unreadFile } from './configuration/placement.js';
import { processFaults } from './configuration/process.js';
import { replicaFaults } from './configuration/replica.js';

const check = defineCheck({
  faults,
  summary:
    'Every configuration file of a component has a strict schema: unknown and missing fields are found, every duration, size, URL and regular expression is valid, and every name in a file (receivers, pipelines, data sources) is defined in it. The same holds for the arguments of its containers. Each Go program knows its memory limit, every declared file is mounted where its program looks for it, and a change of a file reaches the process.',
  run: (input) => {
    const manifests = named(input.manifests);
    const files = filesIn(input);
    const labelled = labelledFiles(input);
    const unmounted = unmountedFiles(manifests, [...files, ...labelled]);
    const maps = configMapsIn(manifests);
    const lost = unmounted.map(({ value }) => `${value}`);
    return [
      ...files
        .filter((one) => isFirst(one, files))
        .flatMap((one) => [
          ...(one.file ? contentFaults(one.file, one) : []),
          ...replicaFaults(one),
        ]),
      ...labelled.flatMap((one) => contentFaults(one.file, one)),
      ...files.flatMap(unreadFile),
      ...unmounted,
      ...templatesIn(manifests).flatMap((template) => [
        ...template.containers
          .flatMap((one) => {
            const program = programOf(input, template, one);
            return program
              ? [
                  ...flagFaults(one, program, template),
                  ...memoryFaults(one, program),
                  ...pathFaults(template, one, program),
                  ...missingFiles(template, one, program, files, lost, maps),
                ]
              : [];
          })
          .map((fault) => faultIn(template.manifest, fault)),
        ...[...processFaults(template, files), ...mountFaults(template, manifests)].map((fault) =>
          faultIn(template.manifest, fault),
        ),
      ]),
    ];
  },
});

export default check;

/** The ConfigMaps that ship, as namespace and name. */
const configMapsIn = (manifests: readonly Manifest[]): ReadonlySet<string> =>
  new Set(
    manifests.flatMap(({ object: { kind, metadata } }) =>
      kind === 'ConfigMap' ? `${metadata.namespace}/${metadata.name}` : [],
    ),
  );

/** Several containers may mount a file: its content is checked once for each declared file. */
const isFirst = (file: MountedFile, files: readonly MountedFile[]): boolean =>
  file ===
  files.find(
    (one) => one.manifest === file.manifest && one.key === file.key && one.file === file.file,
  );

// Environments share rule files and dashboards: each text is validated once.
const faultsOf = memoize((file: ConfigFile) => memoizeText((text) => validate(file, text)));

const contentFaults = (
  file: ConfigFile,
  { key, text, manifest }: Pick<MountedFile, 'key' | 'text' | 'manifest'>,
): Result[] =>
  faultsOf(file)(text).map(({ place, ...found }) => ({
    ...found,
    place: placeOf(manifest, [key, place.path].filter(Boolean).join(': ')),
  }));

/** An option that the schema lacks may exist, unless it looks like a misspelt one. */
const unknownToUs = (found: Result): Result =>
  found.fault === 'unknown-option' && !found.suggestion
    ? {
        ...found,
        severity: 'warning',
        why: 'Crowsnest cannot check whether the program has this option.',
        remedy: 'Check the option in the documentation of the program.',
      }
    : found;

const validate = (file: ConfigFile, text: string): readonly Result[] => {
  const { fault, value } = contentOf(file, text);
  if (fault === undefined) {
    const { faults } = validateValue(file.schema, value, '');
    return file.partial ? faults.map(unknownToUs) : faults;
  }
  return [
    {
      place: {},
      fault: 'unreadable-file',
      message: `The file cannot be parsed: ${fault}`,
    },
  ];
};

/** Files that no container mounts. A ConfigMap in a namespace without pods of the stack is for others. */
const unmountedFiles = (
  manifests: readonly Manifest[],
  files: readonly Pick<MountedFile, 'key' | 'manifest'>[],
): Result[] => {
  const own = new Set(templatesIn(manifests).map(({ manifest }) => namespaceOf(manifest)));
  return manifests
    .filter((one) => one.object.kind === 'ConfigMap' && own.has(namespaceOf(one)))
    .flatMap((manifest) =>
      Object.keys(recordOf(manifest.object.data))
        .filter((key) => !files.some((file) => file.manifest === manifest && file.key === key))
        .map(
          (key): Result => ({
            place: placeOf(manifest, key),
            fault: 'unmounted-file',
            value: key,
          }),
        ),
    );
};

const namespaceOf = ({ object }: Manifest): string | undefined => object.metadata.namespace;

const placeOf = ({ object, construct }: Manifest, path: string): Result['place'] => ({
  object: titleOf(object),
  construct,
  path,
});
