import { describe, expect, test } from 'vitest';
import check from '../../src/checks/network/ingress.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';

/** The faults of Grafana's Ingress, each with its path or its suggestion. */
const faultsOf = (ingress: object): string[] => {
  const grafana = {
    kind: 'ingress' as const,
    host: 'grafana.example.com',
    tlsSecret: 'tls',
    metricsPassword: { secret: 'grafana-metrics', key: 'password' },
    controller: { kind: 'addresses' as const, cidrs: ['10.0.96.0/20'] },
    ...ingress,
  };
  const input = inputOf(build({ ...minimal, exposure: { grafana } }));
  return check
    .run(input)
    .map(({ fault, place, suggestion }) => `${fault} ${suggestion ?? place.path}`)
    .sort();
};

const withAnnotations = (annotations: object): string[] => faultsOf({ annotations });

const nginx = 'nginx.ingress.kubernetes.io';

describe('an annotation', () => {
  test.each([
    ['cert-manager.io/cluster-isuer', 'letsencrypt', 'cert-manager.io/cluster-issuer'],
    [`${nginx}/whitelist-source-rang`, '10.0.0.0/8', `${nginx}/whitelist-source-range`],
    ['nginx.ingres.kubernetes.io/auth-url', 'https://a', `${nginx}/auth-url`],
  ])('that is misspelt is reported with its name: %s', (name, value, suggestion) => {
    expect(withAnnotations({ [name]: value })).toEqual([`misspelt-annotation ${suggestion}`]);
  });

  // Documented ones that are similar to others, and those of controllers that synth does not know.
  test.each([
    [`${nginx}/auth-tls-secret`],
    [`${nginx}/auth-snippet`],
    [`${nginx}/proxy-buffer-size`],
    [`${nginx}/proxy-connect-timeout`],
    ['cert-manager.io/email-sans'],
    ['cert-manager.io/usages'],
    ['traefik.ingress.kubernetes.io/router.tls'],
    ['haproxy.org/whitelist'],
    ['example.com/issuer'],
  ])('that exists is accepted: %s', (name) => {
    expect(withAnnotations({ [name]: 'it' })).toEqual([]);
  });

  test.each([
    ['10.0.0.0/33', ['invalid-range']],
    ['10.0.0.0/8, office', ['invalid-range']],
    ['10.0.0.0/8, 192.0.2.7,2001:db8::/32', []],
    ['', []],
  ])('with blocks of addresses is read by the controller: %j', (value, faults) => {
    const found = withAnnotations({ [`${nginx}/whitelist-source-range`]: value });
    expect(found.map((one) => one.split(' ')[0])).toEqual(faults);
  });

  test('for a login needs the Secret with the users', () => {
    const login = { [`${nginx}/auth-type`]: 'basic' };
    expect(withAnnotations(login)).toEqual([
      `incomplete-login metadata.annotations['${nginx}/auth-type']`,
    ]);
    expect(withAnnotations({ ...login, [`${nginx}/auth-secret`]: 'users' })).toEqual([]);
  });
});

describe('an Ingress for the AWS Load Balancer Controller', () => {
  const alb = { ingressClass: 'alb', tlsSecret: { heldBy: 'load-balancer' } };
  const all = ['default-health-check', 'default-target', 'no-https'].map(
    (fault) => new RegExp(`^${fault} `),
  );

  test.each([
    ['by its class', alb],
    [
      'by the class in an annotation',
      {
        tlsSecret: { heldBy: 'load-balancer' },
        annotations: { 'kubernetes.io/ingress.class': 'alb' },
      },
    ],
    [
      'by an annotation',
      { ...alb, annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } },
    ],
  ])('is recognized %s', (_, ingress) => {
    expect(faultsOf(ingress)).toEqual(all.map((one) => expect.stringMatching(one)));
  });

  test('is accepted if its annotations are complete', () => {
    const prefix = 'alb.ingress.kubernetes.io';
    const annotations = {
      [`${prefix}/target-type`]: 'ip',
      [`${prefix}/healthcheck-path`]: '/api/health',
      [`${prefix}/healthcheck-port`]: 'traffic-port',
      [`${prefix}/certificate-arn`]: 'arn:aws:acm:eu-west-1:111122223333:certificate/example',
    };
    expect(faultsOf({ ...alb, annotations })).toEqual([]);
    expect(faultsOf({ ingressClass: 'nginx', tlsSecret: { heldBy: 'load-balancer' } })).toEqual([]);
  });
});
