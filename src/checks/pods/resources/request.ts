import type { Manifest } from '../../../model/manifest.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { recordOf } from '../../support/untyped.js';
import { amountOf } from './amount.js';
import type { ResourcesFault } from './faults.js';

/** Faults of the requests and limits of a pod's containers. */
export const requestFaults = ({ manifest, containers, path }: PodTemplate): ResourcesFault[] => [
  ...containers.flatMap(({ container, path: at }) => {
    const { requests, limits } = recordOf(container.resources);
    return [
      ...missing(recordOf(requests), recordOf(limits), `${at}.resources`),
      ...inconsistent(recordOf(requests), recordOf(limits), `${at}.resources`),
    ];
  }),
  ...(recordOf(manifest.object.spec).replicas === 0
    ? [
        {
          path: 'spec.replicas',
          fault: 'no-replicas' as const,
          value: 0,
        },
      ]
    : []),
  ...(containers.some(({ initial }) => !initial)
    ? []
    : [
        {
          path: `${path}.containers`,
          fault: 'no-containers' as const,
        },
      ]),
];

type Amounts = Readonly<Record<string, unknown>>;

const missing = (requests: Amounts, limits: Amounts, path: string): ResourcesFault[] => [
  ...['cpu', 'memory'].flatMap((resource) =>
    requests[resource] === undefined || amountOf(requests[resource]) <= 0
      ? [
          {
            path: `${path}.requests.${resource}`,
            fault: 'no-request' as const,
            message: `The container does not request ${resource === 'cpu' ? 'CPU' : 'memory'}.`,
            value: requests[resource],
          },
        ]
      : [],
  ),
  ...(limits.memory === undefined || amountOf(limits.memory) <= 0
    ? [
        {
          path: `${path}.limits.memory`,
          fault: 'no-memory-limit' as const,
          value: limits.memory,
        },
      ]
    : []),
  ...(limits.cpu === undefined
    ? []
    : [
        {
          path: `${path}.limits.cpu`,
          fault: 'cpu-limit' as const,
          value: limits.cpu,
        },
      ]),
];

const inconsistent = (requests: Amounts, limits: Amounts, path: string): ResourcesFault[] =>
  Object.keys(requests).flatMap((resource) =>
    amountOf(requests[resource]) > amountOf(limits[resource])
      ? [
          {
            path: `${path}.requests.${resource}`,
            fault: 'request-above-limit',
            message: `The container requests more than its limit of ${limits[resource]}.`,
            value: requests[resource],
          },
        ]
      : [],
  );

/** Pods without a priority class, if other pods of the namespace have one. */
export const priorityFaults = (templates: readonly PodTemplate[]): [Manifest, ResourcesFault][] =>
  templates.flatMap(({ spec, path, namespace, manifest }): [Manifest, ResourcesFault][] => {
    const [other] = templates.flatMap((one) =>
      one.namespace === namespace ? (one.spec.priorityClassName ?? []) : [],
    );
    if (other === undefined || spec.priorityClassName !== undefined) return [];
    return [
      [
        manifest,
        {
          path: `${path}.priorityClassName`,
          fault: 'no-priority',
          remedy: `Set it to ${other}.`,
        },
      ],
    ];
  });
