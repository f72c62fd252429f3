import type { FaultKinds } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'undeclared-port': {
    what: 'The container does not listen on the port of the probe.',
    why: 'The kubelet restarts the container again and again.',
    example: 'livenessProbe: { httpGet: { port: 9091 } }   # the container has 9090',
    fix: 'Use a port of the container.',
  },
  'loopback-only': {
    what: 'The probed server listens only on the loopback address of its pod.',
    why: 'The kubelet connects to the address of the pod, where nothing answers.',
    example: 'args: [--listen=127.0.0.1:9100]\nlivenessProbe: { httpGet: { port: 9100 } }',
    fix: 'Set host: 127.0.0.1. On the host network, that is also the loopback address of the kubelet.',
  },
  'other-port': {
    what: 'The probed port does not offer health, but another port of the container does.',
    why: 'The answer of this port does not say whether the server works.',
    example: 'livenessProbe: { httpGet: { port: otlp-http } }',
    fix: 'Use the port of the endpoint that offers health.',
  },
  'no-path': {
    what: 'The probe has no path.',
    why: 'It requests /, which may fail or redirect.',
    example: 'livenessProbe: { httpGet: { port: 9090 } }',
    fix: 'Set path.',
  },
  'other-path': {
    what: 'The probe requests another page than the declared health page.',
    why: 'The answer does not say whether the server works.',
    example: 'livenessProbe: { httpGet: { port: 9090, path: /graph } }',
    fix: 'Use the declared health page.',
  },
  'other-scheme': {
    what: 'The probe uses another scheme than the endpoint.',
    why: 'The probe fails, and the kubelet restarts the container.',
    example: 'livenessProbe: { httpGet: { port: 9090, scheme: HTTPS } }   # the endpoint has http',
    fix: 'Use the scheme of the endpoint.',
  },
  'gives-up-early': {
    what: 'The probe fails after a short time without an answer.',
    why: 'The kubelet restarts a server that is only busy, or sends it no requests.',
    example: 'livenessProbe: { periodSeconds: 10, failureThreshold: 1 }',
    fix: 'Raise periodSeconds or failureThreshold.',
  },
  'short-timeout': {
    what: 'The timeout of the probe is shorter than 2 seconds.',
    why: 'A busy server answers late, and the kubelet restarts it.',
    example: 'livenessProbe: { timeoutSeconds: 1 }',
    fix: 'Set timeoutSeconds to 2 or more.',
  },
  'start-cut-off': {
    what: 'The startup probe allows less time than the declared time of a start.',
    why: 'The kubelet kills a server that still reads its data, again and again.',
    example: 'startupProbe: { periodSeconds: 10, failureThreshold: 3 }   # startSeconds is 900',
    fix: 'Raise failureThreshold of the startupProbe.',
  },
  'stop-cut-off': {
    what: 'The termination grace period is shorter than the declared time of a clean stop.',
    why: 'A killed server loses what it has not written, or reads its whole log at the next start.',
    example: 'terminationGracePeriodSeconds: 10   # stopSeconds is 300',
    fix: 'Raise terminationGracePeriodSeconds.',
  },
} satisfies FaultKinds;

export type ProbesFault = ObjectFault<keyof typeof faults>;
