import { parse } from 'yaml';
import { imagesIn, pinImages } from '../../src/images/pin.js';
import { add, drop, type Edit, put } from './edit.js';
import {
  blackbox,
  cadvisor,
  container,
  jaeger,
  nodeExporter,
  pod,
  prometheus,
} from './sample-object.js';
import { type Given, inObject, manifests, type Settings } from './setting.js';

const inPod = (given?: Given) => inObject(blackbox, pod, given);
const inContainer = (given?: Given) => inObject(blackbox, container, given);
const inSecurity = (given?: Given) => inObject(blackbox, `${container}.securityContext`, given);

const withoutContext = [
  'kept-capabilities',
  'no-group-number',
  'no-user-number',
  'privilege-escalation',
  'writable-root',
];
const alone: Given = { replaces: [`${container}.securityContext`], also: withoutContext };

/** The example is the source of a mounted volume. */
const inVolume = (given: Given = {}) =>
  manifests(
    (example) => put(blackbox, `${pod}.volumes.+`, { name: 'example', ...parse(example) }),
    { given: [mounted], ...given },
  );
const mounted = put(blackbox, `${container}.volumeMounts.+`, {
  name: 'example',
  mountPath: '/example',
});

/** Adds a digest to every image. */
const pinAll: Edit = (manifests) => {
  const digest = `sha256:${'a'.repeat(64)}`;
  return pinImages(manifests, Object.fromEntries(imagesIn(manifests).map((one) => [one, digest])));
};

export const images: Settings = {
  'invalid-reference': inContainer(),
  unpinned: inContainer(),
  'pinned-differently': manifests((example) =>
    put(blackbox, pod, parse(example.replace('…', 'a'.repeat(64)))),
  ),
  'other-version': inPod(),
  'not-locked': inContainer({
    given: [pinAll],
    imagesLocked: true,
    also: ['stale-version-label'],
  }),
  'never-pulled': inContainer(),
  'stale-version-label': inContainer(),
};

export const podSecurity: Settings = {
  'host-namespace': inPod(),
  'host-path': inPod(),
  'host-port': inContainer(),
  'other-host-probe': inObject(blackbox, `${container}.livenessProbe`),
  'app-armor-off': inSecurity(),
  privileged: inContainer(),
  'host-process': inSecurity(),
  'unmasked-proc': inSecurity(),
  'unsafe-sysctl': inObject(blackbox, `${pod}.securityContext`),
  'selinux-option': inSecurity(),
  'seccomp-off': inSecurity(),
  'volume-kind': inPod(),
  'root-allowed': inContainer(),
  'root-user': inSecurity(),
  'no-seccomp-profile': inContainer({
    ...alone,
    together: [drop(blackbox, `${pod}.securityContext.seccompProfile`)],
    also: [...withoutContext, 'other-seccomp-profile'],
  }),
  'privilege-escalation': inSecurity(),
  'kept-capabilities': inSecurity(),
  'added-capabilities': inSecurity(),
  'service-links': inPod(),
  'any-operating-system': inPod(),
  'host-users': inPod({ also: ['host-namespace'] }),
  'no-user-number': inContainer(alone),
  'no-group-number': inContainer({
    ...alone,
    also: withoutContext.filter((fault) => fault !== 'no-user-number'),
  }),
  'writable-root': inSecurity(),
  'other-seccomp-profile': inSecurity(),
  'writable-host-path': inObject(nodeExporter, container, { lists: 'replace' }),
  'mount-to-host': inObject(blackbox, `${container}.volumeMounts.0`),
  'no-probe': inContainer({ replaces: [`${container}.livenessProbe`] }),
  'no-level': inObject('Namespace crowsnest'),
  'low-level': inObject('Namespace crowsnest', 'metadata.labels'),
  'other-mode': inObject('Namespace crowsnest', 'metadata.labels'),
  'unknown-level': inObject('Namespace crowsnest', 'metadata.labels'),
  'unknown-version': inObject('Namespace crowsnest', 'metadata.labels'),
  'unused-exception': inObject(blackbox, 'metadata'),
  'no-reason': inObject(nodeExporter, 'metadata', { also: ['host-namespace'] }),
  'other-folder': inObject(nodeExporter, 'metadata.annotations'),
};

export const probes: Settings = {
  'undeclared-port': inObject(prometheus, container),
  'loopback-only': inContainer(),
  'other-port': inObject(jaeger, container),
  'no-path': inObject(prometheus, container, {
    replaces: [`${container}.livenessProbe`],
    also: ['gives-up-early', 'short-timeout'],
  }),
  'other-path': inObject(prometheus, container),
  'other-scheme': inObject(prometheus, container),
  'gives-up-early': inContainer(),
  'short-timeout': inContainer(),
  'start-cut-off': inObject(prometheus, container),
  'stop-cut-off': inObject(prometheus, pod),
};

const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';
const claim = 'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0';

export const resources: Settings = {
  'not-spread': inObject(blackbox, 'spec', { also: ['no-budget'] }),
  'no-budget': inObject(blackbox, 'spec', { also: ['not-spread'] }),
  'counts-tainted-nodes': inObject(prometheus, pod, { lists: 'replace', also: ['not-spread'] }),
  'protects-unready-pods': inObject(budget, 'spec'),
  'unclear-budget': inObject(budget, 'spec'),
  'blocked-drain': inObject(budget, 'spec'),
  'useless-budget': inObject(budget, 'spec'),
  'no-storage': inObject(claim, 'spec', { also: ['unequal-claims'] }),
  'claim-below-template': inObject(claim, 'spec.resources.requests', {
    given: [
      put(prometheus, 'spec.volumeClaimTemplates.0.spec.resources.requests', { storage: '10Gi' }),
    ],
    also: ['unequal-claims'],
  }),
  'other-class': inObject(claim, 'spec'),
  'unequal-claims': inObject(claim, 'spec.resources.requests'),
  'unused-claim': inObject(claim),
  'two-writers': manifests(
    (example) => {
      const { replicas, volumes } = parse(example);
      return put(blackbox, 'spec', { replicas, template: { spec: { volumes } } });
    },
    {
      given: [
        add({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { namespace: 'crowsnest', name: 'data' },
          spec: { resources: { requests: { storage: '1Gi' } } },
        }),
      ],
      also: ['no-budget', 'not-spread', 'unmounted-volume'],
    },
  ),
  'host-path-type': inObject(nodeExporter, `${pod}.volumes.0`, {
    replaces: [`${pod}.volumes.0.hostPath`],
  }),
  'unreadable-go-limit': inContainer(),
  'high-go-limit': inContainer(),
  'low-go-limit': inContainer(),
  'queries-above-memory': inObject(prometheus, container),
  'no-tolerations': inObject(cadvisor),
  'no-replicas': inObject(blackbox, 'spec'),
  'no-containers': inPod({ also: ['unmounted-volume'] }),
  'no-request': inContainer({
    replaces: [`${container}.resources`],
    also: ['no-memory-limit'],
  }),
  'no-memory-limit': inContainer(),
  'cpu-limit': inContainer(),
  'request-above-limit': inContainer({ also: ['low-go-limit'] }),
  'no-priority': manifests((example) => put(blackbox, pod, parse(example).spec), {
    together: [drop(blackbox, `${pod}.priorityClassName`)],
  }),
  'no-volume-source': inPod({ lists: 'replace' }),
  'no-size-limit': inVolume(),
  'size-limit-above-memory': inVolume(),
  'unmounted-volume': inPod(),
  'empty-source': inVolume(),
  'no-certificate-authority': inVolume(),
  'no-group': inObject(prometheus, pod, { replaces: [`${pod}.securityContext`] }),
  'unnamed-source': inVolume(),
  'no-mount-propagation': inObject(nodeExporter, container, { lists: 'replace' }),
};
