import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
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

/** Violations of the level `restricted` that `baseline` allows. */
export const restricted = (template: PodTemplate): Violation[] =>
  [...volumes(template), ...users(template), ...filters(template), ...rights(template)].map(
    (violation) => ({ ...violation, level: 'restricted' }),
  );

const sourceOf = (volume: object): string | undefined =>
  Object.keys(volume).find((key) => key !== 'name');

const volumes = (template: PodTemplate): Violation[] =>
  volumesOf(template).flatMap(({ volume, path }) =>
    // A volume without a source is an empty folder; the check `resources` reports it.
    sourceOf(volume) === undefined || volumeKinds.some((kind) => volume[kind])
      ? []
      : [
          {
            path: volume.hostPath ? `${path}.hostPath` : path,
            fault: 'volume-kind',
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
            fault: 'root-allowed' as const,
            value: context.runAsNonRoot,
            exception: 'root',
          },
        ]
      : []),
    ...(context.runAsUser === 0
      ? [
          {
            path: `${at}.runAsUser`,
            fault: 'root-user' as const,
            value: 0,
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
            fault: 'no-seccomp-profile' as const,
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
              fault: 'privilege-escalation' as const,
              value: allowPrivilegeEscalation,
            },
          ]),
      ...(listOf(drop).includes('ALL')
        ? []
        : [
            {
              path: `${at}.capabilities.drop`,
              fault: 'kept-capabilities' as const,
              value: drop,
            },
          ]),
      ...(added.length === 0
        ? []
        : [
            {
              path: `${at}.capabilities.add`,
              fault: 'added-capabilities' as const,
              value: added.join(', '),
            },
          ]),
    ];
  });
