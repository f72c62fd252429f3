import { defineCheck } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import type { Manifest } from '../../model/manifest.js';
import { isAt, templatesIn } from '../support/pod/template.js';
import { selects } from '../support/selector.js';
import { listOf, named, recordOf } from '../support/untyped.js';
import { annotationAt, annotationsIn, placeAt } from './ingress/annotation.js';
import { amazon, google } from './ingress/cloud.js';
import { type Fault, faults } from './ingress/faults.js';
import { misspelt } from './ingress/known.js';
import { incompleteLogin, wrongRanges } from './ingress/nginx.js';

const check = defineCheck({
  faults,
  summary:
    'The annotations of each Ingress fit the Service behind it: the controller speaks its protocol, keeps its paths, reaches its pods, and has a certificate. Names of annotations, blocks of addresses and logins are complete. Controllers: ingress-nginx, AWS Load Balancer Controller, GKE, OpenShift.',
  run: (input) => {
    const manifests = named(input.manifests);
    const templates = templatesIn(manifests);
    const ingresses = manifests.filter(({ object }) => object.kind === 'Ingress');
    return ingresses.flatMap((manifest) => [
      ...misspelt(manifest),
      ...wrongRanges(manifest),
      ...incompleteLogin(manifest),
      ...servicesOf(manifest, manifests).flatMap((service) => {
        const { selector } = recordOf(service.object.spec);
        const pods = templates.filter(
          ({ namespace, labels }) =>
            namespace === service.object.metadata.namespace &&
            selects({ matchLabels: recordOf(selector) }, labels),
        );
        const [health] = connectionsFor(input.connections, 'health').filter(({ provider }) =>
          pods.some((one) => isAt(one, provider.location)),
        );
        return [
          ...classes(manifest),
          ...protocols(manifest, service),
          ...rewriting(manifest),
          ...amazon(manifest, service, health?.offer.ready ?? health?.offer.live),
          ...google(manifest, service),
        ];
      }),
    ]);
  },
});

export default check;

/** The Services behind an Ingress that ship. */
const servicesOf = ({ object }: Manifest, manifests: readonly Manifest[]): Manifest[] => {
  const names = listOf(object.spec?.rules).flatMap(({ http }) =>
    listOf(http?.paths).map(({ backend }) => backend?.service?.name),
  );
  return manifests.filter(
    ({ object: { kind, metadata } }) =>
      kind === 'Service' &&
      metadata.namespace === object.metadata.namespace &&
      names.includes(metadata.name),
  );
};

/** https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/networking/validation/validation.go */
const classes = (manifest: Manifest): Fault[] => {
  const value = annotationsIn(manifest)['kubernetes.io/ingress.class'];
  const field = manifest.object.spec?.ingressClassName;
  if (value === undefined || field === undefined || value === field) return [];
  return [{ fault: 'two-classes', place: placeAt(manifest, 'spec.ingressClassName'), value }];
};

/**
 * Annotations that set the protocol between controller and server, with the values that mean plain HTTP.
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 * https://docs.openshift.com/container-platform/4.18/networking/ingress_load_balancing/routes/creating-advanced-routes.html
 */
const plain: Readonly<Record<string, RegExp>> = {
  'nginx.ingress.kubernetes.io/backend-protocol': /^(HTTP|AUTO_HTTP)$/i,
  'nginx.ingress.kubernetes.io/ssl-passthrough': /^false$/,
  'alb.ingress.kubernetes.io/backend-protocol': /^HTTP$/,
  'alb.ingress.kubernetes.io/backend-protocol-version': /^HTTP[12]$/,
  'route.openshift.io/termination': /^edge$/,
};

const protocols = (manifest: Manifest, service: Manifest): Fault[] => {
  const isPlain = listOf(service.object.spec?.ports).some((one) => one.appProtocol === 'http');
  return Object.entries(annotationsIn(manifest)).flatMap(([key, value]): Fault[] => {
    const allowed = plain[key];
    if (!isPlain || !allowed || allowed.test(value)) return [];
    return [{ fault: 'other-protocol', place: placeAt(manifest, annotationAt(key)), value }];
  });
};

/** https://kubernetes.github.io/ingress-nginx/examples/rewrite/ */
const rewriting = (manifest: Manifest): Fault[] => {
  const key = 'nginx.ingress.kubernetes.io/rewrite-target';
  const value = annotationsIn(manifest)[key];
  const hasGroup = listOf(manifest.object.spec?.rules).some(({ http }) =>
    listOf(http?.paths).some(({ path }) => /\(/.test(`${path}`)),
  );
  if (value === undefined || (hasGroup && value.includes('$'))) return [];
  return [{ fault: 'rewritten-path', place: placeAt(manifest, annotationAt(key)), value }];
};
