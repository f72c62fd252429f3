import ipaddr from 'ipaddr.js';
import type { Manifest } from '../../../model/manifest.js';
import { annotationAt, annotationsIn, placeAt } from './annotation.js';
import type { Fault } from './faults.js';

const prefix = 'nginx.ingress.kubernetes.io/';

/** Annotations with blocks of addresses; those of ingress-nginx can also have single addresses. */
const ranges = [
  `${prefix}whitelist-source-range`,
  `${prefix}denylist-source-range`,
  'alb.ingress.kubernetes.io/inbound-cidrs',
];

/** Blocks of addresses that are none. */
export const wrongRanges = (manifest: Manifest): Fault[] => {
  const all = annotationsIn(manifest);
  return ranges.flatMap((key): Fault[] => {
    const items = (all[key] ?? '').split(',').map((one) => one.trim());
    const isValid = (one: string): boolean =>
      ipaddr.isValidCIDR(one) || (key.startsWith(prefix) && ipaddr.isValid(one));
    const value = items.find((one) => one !== '' && !isValid(one));
    if (value === undefined) return [];
    return [{ fault: 'invalid-range', place: placeAt(manifest, annotationAt(key)), value }];
  });
};

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#authentication */
export const incompleteLogin = (manifest: Manifest): Fault[] => {
  const all = annotationsIn(manifest);
  const key = `${prefix}auth-type`;
  const value = all[key];
  if (value === undefined || `${prefix}auth-secret` in all) return [];
  return [{ fault: 'incomplete-login', place: placeAt(manifest, annotationAt(key)), value }];
};
