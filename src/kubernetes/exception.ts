import { exceptionPrefix as prefix } from '../model/exception.js';
import type { ContainerOptions } from './container.js';

/** What a node agent may see of its host; each with the reason why it must. */
export interface HostAccess {
  readonly hostNetwork?: string;
  readonly hostPid?: string;
  /** To run as root, without any capability all the same. */
  readonly root?: string;
  /** A port that whoever reaches the node can read. */
  readonly openPort?: string;
}

/** Writes the exceptions from Pod Security's `restricted` onto the object, each with its reason. */
export const exceptionAnnotations = (
  { hostNetwork, hostPid, root, openPort }: HostAccess = {},
  containers: readonly ContainerOptions[] = [],
): Record<string, string> => {
  const annotations: Record<string, string> = {};
  if (hostNetwork) annotations[`${prefix}host-network`] = hostNetwork;
  if (hostPid) annotations[`${prefix}host-pid`] = hostPid;
  if (root) annotations[`${prefix}root`] = root;
  if (openPort) annotations[`${prefix}open-port`] = openPort;
  for (const { mounts = [] } of containers) {
    for (const { name, source } of mounts) {
      if (source.kind === 'host') {
        annotations[`${prefix}host-path-${name}`] = `${source.path}: ${source.reason}`;
      }
    }
  }
  return annotations;
};
