import type { PathUse, Program } from '../../../model/program.js';
import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { ConfigurationFault } from './faults.js';

interface UsedPath extends PathUse {
  readonly path: string;
  /** The place in the object that names it. */
  readonly at: string;
}

/** Paths that a program uses, in its flags or always, and that no mount provides as it needs them. */
export const pathFaults = (
  { spec }: PodTemplate,
  { container, path: at, initial }: PlacedContainer,
  { flags = {}, uses = {} }: Program,
): ConfigurationFault[] => {
  if (initial) return [];
  const given = listOf(container.args).flatMap((argument, index): UsedPath[] => {
    const [, name = '', value] = /^--?([^=]+)=(?:\w+:\/\/)?(\/.*)$/.exec(`${argument}`) ?? [];
    const { mounted } = Object.hasOwn(flags, name) ? flags[name]! : {};
    return mounted && value ? [{ ...mounted, path: value, at: `${at}.args[${index}]` }] : [];
  });
  const fixed = Object.entries(uses).map(
    ([path, use]): UsedPath => ({ ...use, path, at: `${at}.volumeMounts` }),
  );
  return [...given, ...fixed].flatMap((one) => {
    const kernel = given.includes(one) ? ['/sys', ...(spec.hostPID === true ? ['/proc'] : [])] : [];
    const fault = faultOf(one, mountsOf(container, spec), kernel);
    return fault ? [{ path: one.at, value: one.path, ...fault }] : [];
  });
};

interface Mount {
  readonly folder: string;
  readonly subPath: string;
  readonly readOnly: boolean;
  readonly volume: Untyped;
}

const mountsOf = (container: Untyped, spec: Untyped): Mount[] =>
  listOf(container.volumeMounts).map(({ name, mountPath, subPath = '', readOnly }) => ({
    folder: clean(`${mountPath}`),
    subPath: `${subPath}`,
    readOnly: readOnly === true,
    volume: recordOf(listOf(spec.volumes).find((one) => one.name === name)),
  }));

/** Without empty steps and a slash at the end. */
const clean = (path: string): string => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

const below = (folder: string, path: string): string | undefined => {
  if (path === folder || folder === '/') return path.slice(folder === '/' ? 0 : folder.length);
  return path.startsWith(`${folder}/`) ? path.slice(folder.length) : undefined;
};

type Found = Pick<ConfigurationFault, 'fault' | 'message' | 'remedy'>;

const faultOf = (
  { path, host, writes }: UsedPath,
  mounts: readonly Mount[],
  kernel: readonly string[],
): Found | undefined => {
  const file = clean(path);
  const mount = mounts
    .filter(({ folder }) => below(folder, file) !== undefined)
    .sort((a, b) => b.folder.length - a.folder.length)[0];
  if (!mount) {
    // The kernel provides them in every container: /proc is that of the node if the pod shares its processes.
    if (file === host && kernel.includes(file)) return undefined;
    return {
      fault: 'unmounted-path',
      message: `No volume is mounted at ${file}.`,
      remedy: `Use a path below ${mounts.map(({ folder }) => folder).join(' or ') || 'a mount'}, or mount a volume there.`,
    };
  }
  const { folder, subPath, volume, readOnly } = mount;
  const source =
    volume.hostPath && clean(`${volume.hostPath.path}/${subPath}${below(folder, file)}`);
  if (host !== undefined && source !== host) {
    return {
      fault: 'wrong-host-path',
      message: `${file} leads to ${source ? `${source} of the node` : 'another volume'}, and not to ${host}.`,
      remedy: 'Use the path in the container that leads to it.',
    };
  }
  const isFixed = ['configMap', 'secret', 'projected', 'downwardAPI'].some((kind) => volume[kind]);
  if (!writes || !(readOnly || isFixed)) return undefined;
  return {
    fault: 'read-only-path',
    message: `The program writes to ${file}, which is mounted read-only.`,
    remedy: 'Mount a volume there that can be written.',
  };
};
