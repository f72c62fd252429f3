import { type PodTemplate, volumesOf } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Violation } from './violation.js';

const volumeKinds = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What the level `restricted` forbids beyond `baseline`. */
export const restricted = (template: PodTemplate): Violation[] =>
  [...volumes(template), ...users(template), ...filters(template), ...rights(template)].map(
    (violation) => ({ ...violation, level: 'restricted' }),
  );

const sourceOf = (volume: object): string | undefined =>
  Object.keys(volume).find((key) => key !== 'name');

const volumes = (template: PodTemplate): Violation[] =>
  volumesOf(template).flatMap(({ volume, path }) =>
    // One without a source becomes an empty folder, which the check of resources tells.
    sourceOf(volume) === undefined || volumeKinds.some((kind) => volume[kind])
      ? []
      : [
          {
            path: volume.hostPath ? `${path}.hostPath` : path,
            message: 'The volume is of a kind that pods may not use.',
            value: sourceOf(volume),
            remedy: `Use one of ${volumeKinds.join(', ')}.`,
            ...(volume.hostPath && { exception: `host-path-${volume.name}` }),
          },
        ],
  );

const users = ({ spec, path, containers }: PodTemplate): Violation[] => {
  const pod = recordOf(spec.securityContext);
  const places = [
    { context: pod, at: `${path}.securityContext`, isRooted: pod.runAsNonRoot === false },
    ...containers.map(({ container, path: at }) => {
      const context = recordOf(container.securityContext);
      const nonRoot = context.runAsNonRoot ?? pod.runAsNonRoot;
      return { context, at: `${at}.securityContext`, isRooted: nonRoot !== true };
    }),
  ];
  return places.flatMap(({ context, at, isRooted }) => [
    ...(isRooted
      ? [
          {
            path: `${at}.runAsNonRoot`,
            message: 'Nothing keeps the container from running as root.',
            value: context.runAsNonRoot,
            remedy: 'Say runAsNonRoot: true.',
            exception: 'root',
          },
        ]
      : []),
    ...(context.runAsUser === 0
      ? [
          {
            path: `${at}.runAsUser`,
            message: 'The container runs as root.',
            value: 0,
            remedy: 'Name a user above 0.',
            exception: 'root',
          },
        ]
      : []),
  ]);
};

const filters = ({ spec, containers }: PodTemplate): Violation[] =>
  containers.flatMap(({ container, path }) => {
    const own = recordOf(container.securityContext).seccompProfile;
    return own || recordOf(spec.securityContext).seccompProfile
      ? []
      : [
          {
            path: `${path}.securityContext.seccompProfile`,
            message: 'The container may make any system call.',
            remedy: 'Say seccompProfile: { type: RuntimeDefault }.',
          },
        ];
  });

const rights = ({ containers }: PodTemplate): Violation[] =>
  containers.flatMap(({ container, path }) => {
    const { allowPrivilegeEscalation, capabilities } = recordOf(container.securityContext);
    const { drop, add } = recordOf(capabilities);
    const added = listOf(add).filter((name) => name !== 'NET_BIND_SERVICE');
    const at = `${path}.securityContext`;
    return [
      ...(allowPrivilegeEscalation === false
        ? []
        : [
            {
              path: `${at}.allowPrivilegeEscalation`,
              message: 'The container’s processes may gain more rights than it has.',
              value: allowPrivilegeEscalation,
              remedy: 'Say allowPrivilegeEscalation: false.',
            },
          ]),
      ...(listOf(drop).includes('ALL')
        ? []
        : [
            {
              path: `${at}.capabilities.drop`,
              message: 'The container keeps rights of the administrator.',
              value: drop,
              remedy: 'Say drop: [ALL].',
            },
          ]),
      ...(added.length === 0
        ? []
        : [
            {
              path: `${at}.capabilities.add`,
              message: 'The container gets rights of the administrator.',
              value: added.join(', '),
              remedy: 'Remove it.',
            },
          ]),
    ];
  });
