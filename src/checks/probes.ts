import type { Check } from '../model/check.js';
import { type Connection, connectionsFor } from '../model/connection.js';
import { loopback } from './endpoint/mention.js';
import { errorIn, type Fault } from './pod/fault.js';
import { isAt, type PlacedContainer, type PodTemplate, templatesIn } from './pod/template.js';
import { type Loose, listOf, named, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every probe asks a port on which its container listens, and the page that is declared to tell of its health; it waits for a busy server, and a start and a clean stop may take as long as they are declared to.',
  run: ({ manifests: all, connections }) =>
    templatesIn(named(all)).flatMap((template) =>
      [
        ...template.containers.flatMap((one) => [
          ...probes.flatMap((name) => probeFaults(name, one, template, connections)),
          ...missingStart(one, template, connections),
        ]),
        ...cutOff(template, connections),
      ].map((fault) => errorIn(template.manifest, fault)),
    ),
};

export default check;

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
type Probe = (typeof probes)[number];

type Health = ReturnType<typeof connectionsFor<'health', Connection>>[number];

const probeFaults = (
  name: Probe,
  { container, path }: PlacedContainer,
  template: PodTemplate,
  connections: readonly Connection[],
): Fault[] => {
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
  get: Loose,
  at: string,
  container: Loose,
  template: PodTemplate,
  connections: readonly Connection[],
): Fault[] => {
  const { port, path = '/', scheme = 'HTTP' } = get;
  const ports = listOf(container.ports);
  const number =
    typeof port === 'number' ? port : ports.find((one) => one.name === port)?.containerPort;
  // That there is no port of a name, the check of references tells.
  if (number === undefined) return [];
  if (!ports.some((one) => one.containerPort === number) && !isToldTo(container, number)) {
    return [
      {
        path: `${at}.port`,
        message: 'The container does not listen on this port.',
        value: port,
        why: 'The kubelet counts it as failed, and starts it over and over.',
        remedy: `Use one of ${ports.map(({ containerPort }) => containerPort).join(', ')}.`,
      },
    ];
  }
  const inside = isInside(container, number) && !loopback.includes(`${get.host}`);
  if (inside) {
    return [
      {
        path: `${at}.host`,
        message: 'The server listens inside of its pod alone.',
        ...(get.host !== undefined && { value: get.host }),
        why: 'Without a host the kubelet asks at the address of the pod, where nothing answers.',
        remedy: 'Say 127.0.0.1, which on the network of the node is the kubelet’s own as well.',
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
        message: 'This port is not declared to tell of its health.',
        value: port,
        remedy: `Use ${elsewhere.endpoint.port}.`,
      },
    ];
  }
  if (get.path === undefined) {
    return [{ path: `${at}.path`, message: 'The probe names no page.', remedy: 'Name one.' }];
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
            message: 'This is not the page that is declared to tell of it.',
            value: path,
            remedy: `Ask ${pages.join(' or ')}.`,
          },
        ]),
    ...(schemes.includes(scheme)
      ? []
      : [
          {
            path: `${at}.scheme`,
            message: 'The page is declared to be served otherwise.',
            value: scheme,
            remedy: `Say ${schemes[0]}.`,
          },
        ]),
  ];
};

/** A server behind another in its pod listens inside alone, and names no port to the pod. */
const isToldTo = (container: Loose, port: number): boolean =>
  listOf(container.args).some((one) => new RegExp(`[:=]${port}$`).test(`${one}`));

const isInside = (container: Loose, port: number): boolean =>
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

// Seconds without an answer after which a server may count as gone; Kubernetes's own defaults are
// 30, and 1 second for each answer, which any busy server misses.
const patience = { livenessProbe: 60, readinessProbe: 20, startupProbe: 20 } as const;
const answer = 2;

const patienceFaults = (name: Probe, probe: Loose, at: string): Fault[] => {
  const { periodSeconds = 10, failureThreshold = 3, timeoutSeconds = 1 } = probe;
  const whole = periodSeconds * failureThreshold;
  return [
    ...(whole < patience[name]
      ? [
          {
            path: at,
            message: `It gives up after ${whole} seconds without an answer.`,
            value: `periodSeconds ${periodSeconds}, failureThreshold ${failureThreshold}`,
            remedy: `Wait for ${patience[name]} seconds at least.`,
          },
        ]
      : []),
    ...(timeoutSeconds < answer
      ? [
          {
            path: `${at}.timeoutSeconds`,
            message: `It waits for an answer no longer than ${timeoutSeconds} second.`,
            value: timeoutSeconds,
            why: 'A server that is busy answers late, and would be started over for that.',
            remedy: `Wait for ${answer} seconds at least.`,
          },
        ]
      : []),
  ];
};

/** Whether a server that is declared to take long to start would be killed while it starts. */
const missingStart = (
  { container, path }: PlacedContainer,
  template: PodTemplate,
  connections: readonly Connection[],
): Fault[] => {
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
      message: `A start may take ${needed} seconds, and is given ${given}.`,
      why: 'The kubelet kills a server that is still reading its data, again and again.',
      remedy: `Give the container a startupProbe of ${needed} seconds.`,
    },
  ];
};

// What Kubernetes gives where nothing is said.
const defaultGrace = 30;

/** Whether a server that is declared to take long to stop would be killed while it stops. */
const cutOff = (template: PodTemplate, connections: readonly Connection[]): Fault[] => {
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
      message: `A clean stop may take ${needed} seconds, and is given ${given}.`,
      why: 'What is killed before loses what it has not written, or reads its log again at its start.',
      remedy: `Say ${needed}.`,
    },
  ];
};
