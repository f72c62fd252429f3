import { exceptionPrefix as prefix } from '../model/exception.js';
import type { ContainerOptions } from './container.js';

/** What a node agent can access on its host, each with the reason. */
export interface HostAccess {
  readonly hostNetwork?: string;
  readonly hostPid?: string;
  /** Runs as root, but without capabilities. */
  readonly root?: string;
  /** The SELinux type of the process. */
  readonly seLinuxType?: { readonly type: string; readonly reason: string };
  /** A port that every client that reaches the node can read. */
  readonly openPort?: string;
}

/** Adds the exceptions from Pod Security `restricted` to the object as annotations, each with its reason. */
export const exceptionAnnotations = (
  { hostNetwork, hostPid, root, seLinuxType, openPort }: HostAccess = {},
  containers: readonly ContainerOptions[] = [],
): Record<string, string> => {
  const annotations: Record<string, string> = {};
  if (hostNetwork) annotations[`${prefix}host-network`] = hostNetwork;
  if (hostPid) annotations[`${prefix}host-pid`] = hostPid;
  if (root) annotations[`${prefix}root`] = root;
  if (seLinuxType) annotations[`${prefix}se-linux`] = `${seLinuxType.type}: ${seLinuxType.reason}`;
  if (openPort) annotations[`${prefix}open-port`] = openPort;
  for (const { mounts = [] } of containers) {
    for (const { name, source } of mounts) {
      if (source.kind === 'host') {
        annotations[`${prefix}host-path-${name}`] = `${source.path}: ${source.reason}`;
        if (source.writes)
          annotations[`${prefix}host-write-${name}`] = `${source.path}: ${source.reason}`;
      }
    }
  }
  return annotations;
};
