import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import { amountOf } from './amount.js';
import type { ResourcesFault } from './faults.js';

/** Faults of the volumes of a pod. */
export const volumeFaults = (template: PodTemplate): ResourcesFault[] => [
  ...scratchFaults(template),
  ...idleFaults(template),
  ...groupFaults(template),
  ...tokenFaults(template),
  ...sourceFaults(template),
  ...propagationFaults(template),
];

const scratchFaults = (template: PodTemplate): ResourcesFault[] =>
  volumesOf(template).flatMap(({ volume, path }): ResourcesFault[] => {
    if (Object.keys(volume).every((key) => key === 'name')) {
      return [
        {
          path,
          fault: 'no-volume-source',
          value: volume.name,
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
          fault: 'no-size-limit',
          value: sizeLimit,
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
            fault: 'size-limit-above-memory',
            value: sizeLimit,
          },
        ]
      : [];
  });

/** Volumes that no container mounts, so their files are not found. */
const idleFaults = (template: PodTemplate): ResourcesFault[] => {
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
            fault: 'unmounted-volume',
            value: name,
          },
        ],
  );
};

/** Volumes with a token for the API, but without the certificate authority of the API server. */
const tokenFaults = (template: PodTemplate): ResourcesFault[] =>
  listOf(template.spec.volumes).flatMap(({ projected }, index): ResourcesFault[] => {
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
          fault: 'empty-source',
        },
      ];
    }
    if (!forApi || known) return [];
    return [
      {
        path: `${template.path}.volumes[${index}].projected.sources`,
        fault: 'no-certificate-authority',
      },
    ];
  });

/** Reports a pod that writes to a claim as another user than root, and sets no fsGroup. */
const groupFaults = ({ spec, path, manifest }: PodTemplate): ResourcesFault[] => {
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
      fault: 'no-group',
    },
  ];
};

/** Sources of a projected volume without the name of an object. */
const sourceFaults = ({ spec, path }: PodTemplate): ResourcesFault[] =>
  listOf(spec.volumes).flatMap(({ projected }, index) =>
    listOf(recordOf(projected).sources).flatMap(({ configMap, secret }, number) =>
      [configMap, secret].some((source) => source && recordOf(source).name === undefined)
        ? [
            {
              path: `${path}.volumes[${index}].projected.sources[${number}]`,
              fault: 'unnamed-source',
            },
          ]
        : [],
    ),
  );

/** Mounts of host paths in which the container does not see later mounts of the node. */
const propagationFaults = ({ spec, containers }: PodTemplate): ResourcesFault[] => {
  const onHost = listOf(spec.volumes).flatMap(({ name, hostPath }) => (hostPath ? [name] : []));
  return containers.flatMap(({ container, path }) =>
    listOf(container.volumeMounts).flatMap(({ name, mountPropagation }, index) =>
      onHost.includes(name) && (mountPropagation ?? 'None') === 'None'
        ? [
            {
              path: `${path}.volumeMounts[${index}].mountPropagation`,
              fault: 'no-mount-propagation',
              value: mountPropagation,
            },
          ]
        : [],
    ),
  );
};
