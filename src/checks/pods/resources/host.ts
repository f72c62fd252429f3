import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { ResourcesFault } from './faults.js';

// https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/apis/core/validation/validation.go
const types = [
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

/** Host paths whose type the kubelet does not verify, or that the kubelet creates. */
export const hostPathFaults = (template: PodTemplate): ResourcesFault[] =>
  volumesOf(template).flatMap(({ volume, path }) => {
    if (!volume.hostPath) return [];
    const { type = '', path: onNode } = recordOf(volume.hostPath);
    // A folder for state of the pod itself is not there before its first start.
    if (type === 'DirectoryOrCreate' && isWritten(template, volume.name)) return [];
    const message = messageFor(`${type}`, `${onNode}`);
    return message === undefined
      ? []
      : [
          {
            path: `${path}.hostPath.type`,
            fault: 'host-path-type' as const,
            message,
            value: type,
          },
        ];
  });

const isWritten = ({ containers }: PodTemplate, volume: unknown): boolean =>
  containers.some(({ container }) =>
    listOf(container.volumeMounts).some(
      ({ name, readOnly }) => name === volume && readOnly !== true,
    ),
  );

const messageFor = (type: string, path: string): string | undefined => {
  if (type === '') return 'Without a type, the kubelet does not verify that the path exists.';
  if (!types.includes(type)) return 'This type does not exist: the API server rejects the pod.';
  if (type.endsWith('OrCreate'))
    return 'The kubelet creates the path on a node that does not have it.';
  if (path === '/' && type !== 'Directory')
    return 'The root of the node is a directory, not a file.';
  return undefined;
};
