import type { Fault } from '../pod/fault.js';
import { type PodTemplate, volumesOf } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { amountOf } from './amount.js';

/** What is wrong with the volumes of a pod. */
export const volumeFaults = (template: PodTemplate): Fault[] => [
  ...scratchFaults(template),
  ...idleFaults(template),
  ...groupFaults(template),
  ...tokenFaults(template),
  ...sourceFaults(template),
  ...propagationFaults(template),
];

const scratchFaults = (template: PodTemplate): Fault[] =>
  volumesOf(template).flatMap(({ volume, path }) => {
    if (Object.keys(volume).every((key) => key === 'name')) {
      return [
        {
          path,
          message: 'The volume has no source, and is an empty folder.',
          value: volume.name,
          remedy: 'Say what it holds.',
        },
      ];
    }
    if (!volume.emptyDir) return [];
    const { sizeLimit, medium } = recordOf(volume.emptyDir);
    const at = `${path}.emptyDir.sizeLimit`;
    if (sizeLimit === undefined || amountOf(sizeLimit) <= 0) {
      return [
        {
          path: at,
          message: 'The scratch volume has no limit.',
          value: sizeLimit,
          why: 'What is written there can fill the disk of the node.',
          remedy: 'Say the most that is written there.',
        },
      ];
    }
    if (medium !== 'Memory') return [];
    const limits = template.containers
      .filter(({ container }) =>
        listOf(container.volumeMounts).some(({ name }) => name === volume.name),
      )
      .map(({ container }) => amountOf(recordOf(recordOf(container.resources).limits).memory));
    return limits.some((limit) => amountOf(sizeLimit) >= limit)
      ? [
          {
            path: at,
            message: 'The volume lies in memory, and holds as much as a container may use at all.',
            value: sizeLimit,
            remedy: 'Lower it, or raise the memory limit.',
          },
        ]
      : [];
  });

/** Volumes that no container mounts: what should be read there is not found. */
const idleFaults = (template: PodTemplate): Fault[] => {
  const { spec, manifest, containers } = template;
  const mounted = new Set(
    containers.flatMap(({ container }) =>
      [...listOf(container.volumeMounts), ...listOf(container.volumeDevices)].map(
        ({ name }) => name,
      ),
    ),
  );
  const templates = listOf(recordOf(manifest.object.spec).volumeClaimTemplates);
  return [
    ...listOf(spec.volumes).map(({ name }, index) => ({
      name,
      path: `${template.path}.volumes[${index}].name`,
    })),
    ...templates.map(({ metadata }, index) => ({
      name: recordOf(metadata).name,
      path: `spec.volumeClaimTemplates[${index}].metadata.name`,
    })),
  ].flatMap(({ name, path }) =>
    mounted.has(name)
      ? []
      : [
          {
            path,
            message: 'No container mounts the volume.',
            value: name,
            why: 'What is kept or read there is not there for any of them.',
            remedy: 'Mount it in the container that needs it, or remove it.',
          },
        ],
  );
};

/** Whether a client of the API gets a token, and nothing to know the API server by. */
const tokenFaults = (template: PodTemplate): Fault[] =>
  listOf(template.spec.volumes).flatMap(({ projected }, index) => {
    const sources = listOf(recordOf(projected).sources);
    const forApi = sources.some(
      ({ serviceAccountToken: token }) => token && token.audience === undefined,
    );
    const known = sources.some(({ configMap }) =>
      listOf(configMap?.items).some(({ path }) => path === 'ca.crt'),
    );
    const empty = sources.findIndex((source) => Object.keys(recordOf(source)).length === 0);
    if (empty >= 0) {
      return [
        {
          path: `${template.path}.volumes[${index}].projected.sources[${empty}]`,
          message: 'The source is none.',
          why: 'The API server refuses it.',
          remedy: 'Say what it holds: a token, a ConfigMap, a Secret or fields of the pod.',
        },
      ];
    }
    if (!forApi || known) return [];
    return [
      {
        path: `${template.path}.volumes[${index}].projected.sources`,
        message: 'Beside the token for the API there is no certificate authority.',
        why: 'A client cannot tell the API server from whoever stands in for it, and refuses to start.',
        remedy: "Add ca.crt of the ConfigMap 'kube-root-ca.crt'.",
      },
    ];
  });

/** Whether a claim belongs to root alone, while those who write to it are not root. */
const groupFaults = ({ spec, path, manifest }: PodTemplate): Fault[] => {
  const writes =
    listOf(recordOf(manifest.object.spec).volumeClaimTemplates).length > 0 ||
    listOf(spec.volumes).some(
      ({ persistentVolumeClaim: claim }) => claim && recordOf(claim).readOnly !== true,
    );
  const { fsGroup, runAsUser } = recordOf(spec.securityContext);
  if (!writes || fsGroup !== undefined || runAsUser === 0) return [];
  return [
    {
      path: `${path}.securityContext.fsGroup`,
      message: 'The pod mounts a claim, and names no group for it.',
      why: 'A new volume belongs to root, and no other user can write to it.',
      remedy: 'Say fsGroup, the group of the container that writes.',
    },
  ];
};

/** Sources of a volume that name no object. */
const sourceFaults = ({ spec, path }: PodTemplate): Fault[] =>
  listOf(spec.volumes).flatMap(({ projected }, index) =>
    listOf(recordOf(projected).sources).flatMap(({ configMap, secret }, number) =>
      [configMap, secret].some((source) => source && recordOf(source).name === undefined)
        ? [
            {
              path: `${path}.volumes[${index}].projected.sources[${number}]`,
              message: 'The source names no object.',
              why: 'The pod waits for it, and never starts.',
              remedy: 'Say its name.',
            },
          ]
        : [],
    ),
  );

/** Folders of the node in which a container does not see what is mounted there later. */
const propagationFaults = ({ spec, containers }: PodTemplate): Fault[] => {
  const onHost = listOf(spec.volumes).flatMap(({ name, hostPath }) => (hostPath ? [name] : []));
  return containers.flatMap(({ container, path }) =>
    listOf(container.volumeMounts).flatMap(({ name, mountPropagation }, index) =>
      onHost.includes(name) && (mountPropagation ?? 'None') === 'None'
        ? [
            {
              path: `${path}.volumeMounts[${index}].mountPropagation`,
              message: 'What the node mounts there later is not seen.',
              value: mountPropagation,
              why: 'Volumes that it gets after the start of the pod are missing in what is told of it.',
              remedy: 'Say HostToContainer.',
            },
          ]
        : [],
    ),
  );
};
