import type { Manifest } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { recordOf } from '../reference/lenient.js';
import { amountOf } from './amount.js';

/** What is wrong with what the containers of a pod ask for, and with their limits. */
export const requestFaults = ({ manifest, containers, path }: PodTemplate): Fault[] => [
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
          message: 'The workload runs no pod.',
          value: 0,
          remedy: 'Say how many it runs, or leave it out of the environment.',
        },
      ]
    : []),
  ...(containers.some(({ initial }) => !initial)
    ? []
    : [
        {
          path: `${path}.containers`,
          message: 'The pods run nothing.',
          remedy: 'Add a container.',
        },
      ]),
];

type Amounts = Readonly<Record<string, unknown>>;

const missing = (requests: Amounts, limits: Amounts, path: string): Fault[] => [
  ...['cpu', 'memory'].flatMap((resource) =>
    requests[resource] === undefined || amountOf(requests[resource]) <= 0
      ? [
          {
            path: `${path}.requests.${resource}`,
            message: `The container asks for no ${resource === 'cpu' ? 'CPU' : 'memory'}.`,
            value: requests[resource],
            why: 'The scheduler puts it where there is none left.',
            remedy: 'Set it to what it needs on a usual day.',
          },
        ]
      : [],
  ),
  ...(limits.memory === undefined || amountOf(limits.memory) <= 0
    ? [
        {
          path: `${path}.limits.memory`,
          message: 'The container has no memory limit.',
          value: limits.memory,
          why: 'A leak takes the memory of its node, and others are killed for it.',
          remedy: 'Set it to the most that it may ever need.',
        },
      ]
    : []),
  ...(limits.cpu === undefined
    ? []
    : [
        {
          path: `${path}.limits.cpu`,
          message: 'The container has a CPU limit.',
          value: limits.cpu,
          why: 'It is slowed down even where the CPU is idle; its request is its share when it is not.',
          remedy: 'Remove it.',
        },
      ]),
];

const inconsistent = (requests: Amounts, limits: Amounts, path: string): Fault[] =>
  Object.keys(requests).flatMap((resource) =>
    amountOf(requests[resource]) > amountOf(limits[resource])
      ? [
          {
            path: `${path}.requests.${resource}`,
            message: `The container asks for more than its limit, which is ${limits[resource]}.`,
            value: requests[resource],
            why: 'The API server refuses the pod.',
            remedy: 'Lower the request, or raise the limit.',
          },
        ]
      : [],
  );

/** Pods without a priority where others of the same namespace have one. */
export const priorityFaults = (templates: readonly PodTemplate[]): [Manifest, Fault][] =>
  templates.flatMap(({ spec, path, namespace, manifest }): [Manifest, Fault][] => {
    const [other] = templates.flatMap((one) =>
      one.namespace === namespace ? (one.spec.priorityClassName ?? []) : [],
    );
    if (other === undefined || spec.priorityClassName !== undefined) return [];
    return [
      [
        manifest,
        {
          path: `${path}.priorityClassName`,
          message: 'The pods have no priority, and others beside them have.',
          why: 'On a full node they are the first to go.',
          remedy: `Say ${other}.`,
        },
      ],
    ];
  });
