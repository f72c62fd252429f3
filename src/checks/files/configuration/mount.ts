import type { Manifest } from '../../../model/manifest.js';
import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf, textsOf, type Untyped } from '../../support/untyped.js';
import type { ConfigurationFault } from './faults.js';

/** Volumes with files that are mounted where one file is expected, and files that a volume does not have. */
export const mountFaults = (
  template: PodTemplate,
  manifests: readonly Manifest[],
): ConfigurationFault[] => {
  const volumes = new Map(volumesOf(template).map(({ volume }) => [volume.name, volume]));
  return template.containers.flatMap(({ container, path }) => {
    const texts = ['command', 'args'].flatMap((list) => textsOf(listOf(container[list])));
    return listOf(container.volumeMounts).flatMap((mount, index): ConfigurationFault[] => {
      const volume = recordOf(volumes.get(mount.name));
      if (!volume.configMap && !volume.secret && !volume.projected) return [];
      const keys = keysOf(volume, template.namespace, manifests);
      const { mountPath, subPath, subPathExpr } = mount;
      const at = `${path}.volumeMounts[${index}]`;
      if (typeof subPath === 'string' && subPath !== '') {
        const isThere = keys?.some((key) => key === subPath || key.startsWith(`${subPath}/`));
        if (isThere !== false) return [];
        const remedy = `Use one of ${keys!.join(', ')}.`;
        return [{ path: `${at}.subPath`, fault: 'unknown-sub-path', value: subPath, remedy }];
      }
      if (subPathExpr !== undefined || typeof mountPath !== 'string') return [];
      return isFile(mountPath, keys, texts)
        ? [{ path: `${at}.mountPath`, fault: 'folder-for-file', value: mountPath }]
        : [];
    });
  });
};

/** Whether the path is meant as a file: an argument has it as one, or it has the name of a file of the volume. */
const isFile = (
  mountPath: string,
  keys: readonly string[] | undefined,
  texts: readonly string[],
): boolean => {
  const name = mountPath.slice(mountPath.lastIndexOf('/') + 1);
  if (!/\.[a-z]{2,10}$/.test(name)) return false;
  // Its files are named with this folder.
  if (texts.some((text) => text.includes(`${mountPath}/`))) return false;
  return (keys?.includes(name) ?? false) || texts.some((text) => text.endsWith(`=${mountPath}`));
};

/** The files in a volume; undefined if they are not known. */
const keysOf = (
  volume: Untyped,
  namespace: string,
  manifests: readonly Manifest[],
): readonly string[] | undefined => {
  const sources: Untyped[] = volume.projected
    ? listOf(volume.projected.sources)
    : [{ configMap: volume.configMap, secret: volume.secret }];
  const lists = sources.map((source) => {
    const items = source.configMap?.items ?? source.secret?.items ?? source.downwardAPI?.items;
    if (items) return listOf(items).map(({ path }) => `${path}`);
    if (source.serviceAccountToken) return [`${source.serviceAccountToken.path ?? 'token'}`];
    const map = manifests.find(
      ({ object: { kind, metadata } }) =>
        kind === 'ConfigMap' &&
        metadata.namespace === namespace &&
        metadata.name === source.configMap?.name,
    );
    return map && Object.keys({ ...map.object.data, ...map.object.binaryData });
  });
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
};
