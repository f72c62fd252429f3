import type { Manifest } from '../../../model/manifest.js';
import { listOf } from '../../support/untyped.js';
import { annotationAt, annotationsIn, placeAt } from './annotation.js';
import type { Fault } from './faults.js';

/**
 * Faults of an Ingress for the AWS Load Balancer Controller. Annotations of the Service override those of the Ingress.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export const amazon = (ingress: Manifest, service: Manifest, page: string | undefined): Fault[] => {
  const prefix = 'alb.ingress.kubernetes.io/';
  const all = { ...annotationsIn(ingress), ...annotationsIn(service) };
  // The chart of the controller creates the class of this name.
  const classes = [ingress.object.spec?.ingressClassName, all['kubernetes.io/ingress.class']];
  const isOurs = classes.includes('alb');
  if (!isOurs && !Object.keys(all).some((key) => key.startsWith(prefix))) return [];
  const path = (name: string) => annotationAt(`${prefix}${name}`);
  const target = all[`${prefix}target-type`];
  const hasNodePort = ['NodePort', 'LoadBalancer'].includes(`${service.object.spec?.type}`);
  const inGroup = all[`${prefix}group.name`] !== undefined;
  const listens = all[`${prefix}listen-ports`] ?? '';
  const hasCertificate = `${prefix}certificate-arn` in all || listens.includes('HTTPS');
  return [
    ...(target === 'instance' && !hasNodePort
      ? [
          {
            fault: 'no-node-port' as const,
            place: placeAt(ingress, path('target-type')),
            value: target,
          },
        ]
      : []),
    ...(target === undefined && !hasNodePort
      ? [{ fault: 'default-target' as const, place: placeAt(ingress, path('target-type')) }]
      : []),
    ...(`${prefix}healthcheck-path` in all || `${prefix}success-codes` in all
      ? []
      : [
          {
            fault: 'default-health-check' as const,
            place: placeAt(ingress, path('healthcheck-path')),
            ...(page && { remedy: `Set it to '${page}'.` }),
          },
        ]),
    // Another Ingress of the group can name the certificate; a section `tls` lets the controller search for one.
    ...(inGroup || hasCertificate || listOf(ingress.object.spec?.tls).length > 0
      ? []
      : [
          {
            fault: 'no-https' as const,
            place: placeAt(ingress, path('certificate-arn')),
            remedy: `Set ${prefix}certificate-arn, or ${prefix}listen-ports to '[{"HTTPS": 443}]'.`,
          },
        ]),
  ];
};

const googleClasses = ['gce', 'gce-internal'];

/**
 * Faults of an Ingress for GKE's controller.
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/ingress
 */
export const google = (ingress: Manifest, service: Manifest): Fault[] => {
  const own = annotationsIn(ingress);
  const field = `${ingress.object.spec?.ingressClassName}`;
  if (googleClasses.includes(field)) {
    return [
      { fault: 'unread-class', place: placeAt(ingress, 'spec.ingressClassName'), value: field },
    ];
  }
  if (!googleClasses.includes(own['kubernetes.io/ingress.class'] ?? '')) return [];
  const certificates = [
    'ingress.gcp.kubernetes.io/pre-shared-cert',
    'networking.gke.io/managed-certificates',
  ];
  return [
    ...(annotationsIn(service)['cloud.google.com/neg'] === undefined
      ? [{ fault: 'no-endpoint-group' as const, place: placeAt(service, 'metadata.annotations') }]
      : []),
    ...(listOf(ingress.object.spec?.tls).length > 0 || certificates.some((key) => key in own)
      ? []
      : [
          {
            fault: 'no-https' as const,
            place: placeAt(ingress, 'metadata.annotations'),
            remedy: `Set ${certificates.join(' or ')}.`,
          },
        ]),
  ];
};
