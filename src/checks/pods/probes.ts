import { defineCheck } from '../../model/check.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import { loopback } from '../support/mention.js';
import { faultIn } from '../support/pod/fault.js';
import {
  isAt,
  type PlacedContainer,
  type PodTemplate,
  templatesIn,
} from '../support/pod/template.js';
import { listOf, named, recordOf, type Untyped } from '../support/untyped.js';
import { faults, type ProbesFault } from './probes/faults.js';

const check = defineCheck({
  faults,
  summary:
    'Every probe uses a port on which its container listens and the declared health page. It has patience with a busy server, and a start and a clean stop get their declared time.',
  run: ({ manifests: all, connections }) =>
    templatesIn(named(all)).flatMap((template) =>
      [
        ...template.containers.flatMap((one) => [
          ...probes.flatMap((name) => probeFaults(name, one, template, connections)),
          ...missingStart(one, template, connections),
        ]),
        ...cutOff(template, connections),
      ].map((fault) => faultIn(template.manifest, fault)),
    ),
});

export default check;

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
type Probe = (typeof probes)[number];

type Health = ReturnType<typeof connectionsFor<'health', Connection>>[number];

const probeFaults = (
  name: Probe,
  { container, path }: PlacedContainer,
  template: PodTemplate,
  connections: readonly Connection[],
): ProbesFault[] => {
  const probe = recordOf(container[name]);
  const at = `${path}.${name}`;
  const { httpGet } = probe;
  return [
    ...(httpGet
      ? pageFaults(name, httpGet, `${at}.httpGet`, container, template, connections)
      : []),
    ...(container[name] ? patienceFaults(name, probe, at) : []),
  ];
};

const pageFaults = (
  name: Probe,
  get: Untyped,
  at: string,
  container: Untyped,
  template: PodTemplate,
  connections: readonly Connection[],
): ProbesFault[] => {
  const { port, path = '/', scheme = 'HTTP' } = get;
  const ports = listOf(container.ports);
  const number =
    typeof port === 'number' ? port : ports.find((one) => one.name === port)?.containerPort;
  // The check `references` reports unknown port names.
  if (number === undefined) return [];
  if (!ports.some((one) => one.containerPort === number) && !isToldTo(container, number)) {
    return [
      {
        path: `${at}.port`,
        fault: 'undeclared-port',
        value: port,
        remedy: `Use one of ${ports.map(({ containerPort }) => containerPort).join(', ')}.`,
      },
    ];
  }
  const inside = isInside(container, number) && !loopback.includes(`${get.host}`);
  if (inside) {
    return [
      {
        path: `${at}.host`,
        fault: 'loopback-only',
        ...(get.host !== undefined && { value: get.host }),
      },
    ];
  }
  const offered = healthOf(template, number, connections);
  const [elsewhere] = ports.flatMap(({ containerPort }) =>
    healthOf(template, containerPort, connections),
  );
  if (offered.length === 0 && elsewhere) {
    return [
      {
        path: `${at}.port`,
        fault: 'other-port',
        value: port,
        remedy: `Use ${elsewhere.endpoint.port}.`,
      },
    ];
  }
  if (get.path === undefined) {
    return [{ path: `${at}.path`, fault: 'no-path' }];
  }
  if (offered.length === 0) return [];
  const pages = offered.map(({ offer }) =>
    name === 'readinessProbe' ? (offer.ready ?? offer.live) : offer.live,
  );
  const schemes = offered.map(({ endpoint }) => (endpoint.scheme === 'https' ? 'HTTPS' : 'HTTP'));
  return [
    ...(pages.includes(path)
      ? []
      : [
          {
            path: `${at}.path`,
            fault: 'other-path' as const,
            value: path,
            remedy: `Use ${pages.join(' or ')}.`,
          },
        ]),
    ...(schemes.includes(scheme)
      ? []
      : [
          {
            path: `${at}.scheme`,
            fault: 'other-scheme' as const,
            value: scheme,
            remedy: `Set it to ${schemes[0]}.`,
          },
        ]),
  ];
};

/** A server behind a proxy in its pod listens only on loopback, so its port is only in its arguments. */
const isToldTo = (container: Untyped, port: number): boolean =>
  listOf(container.args).some((one) => new RegExp(`[:=]${port}$`).test(`${one}`));

const isInside = (container: Untyped, port: number): boolean =>
  listOf(container.args).some((one) =>
    loopback.some((host) => `${one}`.endsWith(`=${host}:${port}`)),
  );

const healthOf = (
  template: PodTemplate,
  port: number,
  connections: readonly Connection[],
): Health[] =>
  connectionsFor(connections, 'health').filter(
    ({ provider, endpoint }) => endpoint.port === port && isAt(template, provider.location),
  );

// Seconds without an answer before a probe may fail. The defaults of Kubernetes are 30 seconds, and
// a timeout of 1 second for each answer, which is too short for a busy server.
const patience = { livenessProbe: 60, readinessProbe: 20, startupProbe: 20 } as const;
const answer = 2;

const patienceFaults = (name: Probe, probe: Untyped, at: string): ProbesFault[] => {
  const { periodSeconds = 10, failureThreshold = 3, timeoutSeconds = 1 } = probe;
  const whole = periodSeconds * failureThreshold;
  return [
    ...(whole < patience[name]
      ? [
          {
            path: at,
            fault: 'gives-up-early' as const,
            message: `The probe fails after ${whole} seconds without an answer.`,
            value: `periodSeconds ${periodSeconds}, failureThreshold ${failureThreshold}`,
            remedy: `Allow at least ${patience[name]} seconds.`,
          },
        ]
      : []),
    ...(timeoutSeconds < answer
      ? [
          {
            path: `${at}.timeoutSeconds`,
            fault: 'short-timeout' as const,
            message: `The timeout of the probe is ${timeoutSeconds} second.`,
            value: timeoutSeconds,
            remedy: `Set it to at least ${answer}.`,
          },
        ]
      : []),
  ];
};

/** Reports a startup probe that allows less time than the declared time of a start. */
const missingStart = (
  { container, path }: PlacedContainer,
  template: PodTemplate,
  connections: readonly Connection[],
): ProbesFault[] => {
  const seconds = listOf(container.ports)
    .flatMap(({ containerPort }) => healthOf(template, containerPort, connections))
    .flatMap(({ offer }) => offer.startSeconds ?? []);
  const needed = Math.max(0, ...seconds);
  const { periodSeconds = 10, failureThreshold = 3 } = recordOf(container.startupProbe);
  const given = container.startupProbe ? periodSeconds * failureThreshold : 0;
  if (given >= needed) return [];
  return [
    {
      path: `${path}.startupProbe`,
      fault: 'start-cut-off',
      message: `A start may take ${needed} seconds, but the startup probe allows ${given}.`,
      remedy: `Add a startupProbe that allows ${needed} seconds.`,
    },
  ];
};

// The default of Kubernetes.
const defaultGrace = 30;

/** Reports a grace period that is shorter than the declared time of a clean stop. */
const cutOff = (template: PodTemplate, connections: readonly Connection[]): ProbesFault[] => {
  const needed = Math.max(
    0,
    ...connectionsFor(connections, 'health')
      .filter(({ provider }) => isAt(template, provider.location))
      .flatMap(({ offer }) => offer.stopSeconds ?? []),
  );
  const { terminationGracePeriodSeconds: given = defaultGrace } = template.spec;
  if (given >= needed) return [];
  return [
    {
      path: `${template.path}.terminationGracePeriodSeconds`,
      fault: 'stop-cut-off',
      message: `A clean stop may take ${needed} seconds, but the grace period is ${given}.`,
      remedy: `Set it to ${needed}.`,
    },
  ];
};
