import type { ConfigFile } from '../../../model/file.js';
import { matchesPath } from '../../../model/file.js';
import type { Program } from '../../../model/program.js';
import type { MountedFile } from '../../support/file.js';
import { faultIn } from '../../support/pod/fault.js';
import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { listOf } from '../../support/untyped.js';
import type { ConfigurationFault, Result } from './faults.js';

/** A mounted file that its program does not read: the path is wrong, or the program reads no such file. */
export const unreadFile = (one: MountedFile): Result[] => {
  const { template, container, manifest, key, paths, program, file, placement } = one;
  if (placement === 'found' || !program?.files) return [];
  const name = `${container.container.name}`;
  const known = program.files.map(patternOf).join(', ');
  if (placement === 'unknown') {
    return [
      faultIn(manifest, {
        path: key,
        fault: 'unknown-file',
        message: `${name} does not read a file of this name.`,
        value: key,
        remedy: `Use one of ${known}.`,
      }),
    ];
  }
  if (placement === 'unlisted' && typeof file?.path === 'object') {
    const { option, file: lister } = file.path;
    return [
      faultIn(manifest, {
        path: key,
        fault: 'unlisted-file',
        message: `No entry of ${option} in ${patternOf(lister)} matches this file.`,
        value: paths.join(', '),
        remedy: `Add its folder to ${option}.`,
      }),
    ];
  }
  return [
    faultIn(template.manifest, {
      path: `${container.path}.volumeMounts`,
      fault: 'misplaced-file',
      message: `${name} does not look for ${key} in the path where it is mounted.`,
      value: paths.join(', '),
      remedy: `Mount it as ${file ? patternOf(file) : `one of ${known}`}.`,
    }),
  ];
};

const patternOf = ({ path }: ConfigFile): string =>
  typeof path === 'string' ? path : `*${path.extension}`;

/**
 * Declared files that no mounted ConfigMap contains. Exceptions: another volume is mounted at the
 * path, or the file is in `unmounted`, which is another fault.
 */
export const missingFiles = (
  template: PodTemplate,
  { container, path: at, initial }: PlacedContainer,
  { files = [] }: Program,
  mounted: readonly MountedFile[],
  unmounted: readonly string[],
  maps: ReadonlySet<string>,
): ConfigurationFault[] => {
  if (initial) return [];
  const own = mounted.filter(
    (one) => one.template.manifest === template.manifest && one.container.path === at,
  );
  const otherFolders = listOf(container.volumeMounts)
    .filter(({ name }) => !maps.has(configMapOf(template, name)))
    .map(({ mountPath }) => `${mountPath}/`);
  return files.flatMap(({ path }) => {
    if (typeof path !== 'string' || unmounted.some((key) => path.endsWith(`/${key}`))) return [];
    // A file in the wrong path is another fault.
    const isThere = own.some(
      ({ paths, placement, file }) =>
        (placement === 'misplaced' && (file === undefined || file.path === path)) ||
        paths.some((one) => matchesPath(path, one)),
    );
    if (isThere || otherFolders.some((folder) => path.startsWith(folder))) return [];
    return [
      {
        path: `${at}.volumeMounts`,
        fault: 'missing-file' as const,
        message: `No mounted ConfigMap contains ${path}.`,
        value: path,
      },
    ];
  });
};

/** The ConfigMap of a volume, as namespace and name. */
const configMapOf = ({ namespace, spec }: PodTemplate, volume: unknown): string => {
  const found = listOf(spec.volumes).find(({ name }) => name === volume);
  return `${namespace}/${found?.configMap?.name}`;
};
