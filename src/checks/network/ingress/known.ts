import { distance } from 'fastest-levenshtein';
import type { Manifest } from '../../../model/manifest.js';
import { annotationAt, annotationsIn, placeAt } from './annotation.js';
import type { Fault } from './faults.js';

/**
 * The annotations that are used most, by prefix:
 * https://cert-manager.io/docs/usage/ingress/#supported-annotations
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
const used: Readonly<Record<string, string>> = {
  'kubernetes.io/': 'ingress.class tls-acme',
  'cert-manager.io/':
    'issuer cluster-issuer issuer-kind issuer-group common-name duration renew-before',
  'nginx.ingress.kubernetes.io/':
    'auth-type auth-secret auth-realm auth-url auth-signin backend-protocol proxy-body-size proxy-read-timeout proxy-send-timeout rewrite-target ssl-redirect force-ssl-redirect use-regex whitelist-source-range denylist-source-range',
  'alb.ingress.kubernetes.io/':
    'scheme target-type certificate-arn healthcheck-path listen-ports group.name ip-address-type ssl-policy ssl-redirect subnets security-groups inbound-cidrs',
};

const names = Object.entries(used).flatMap(([prefix, list]) =>
  list.split(' ').map((name) => `${prefix}${name}`),
);

/** Annotations that differ from one of the most used by one or two characters. Others can be of any controller. */
export const misspelt = (manifest: Manifest): Fault[] =>
  Object.keys(annotationsIn(manifest)).flatMap((key): Fault[] => {
    if (names.includes(key)) return [];
    const suggestion = names.find((name) => distance(key, name) <= 2);
    if (suggestion === undefined) return [];
    const place = placeAt(manifest, annotationAt(key));
    return [{ fault: 'misspelt-annotation', place, value: key, suggestion }];
  });
