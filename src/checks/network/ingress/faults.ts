import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'two-classes': {
    what: 'The class in the annotation of the Ingress differs from that in its field.',
    why: 'The API server rejects it.',
    example:
      'metadata:\n  annotations: { kubernetes.io/ingress.class: traefik }\nspec:\n  ingressClassName: nginx',
    fix: 'Keep only one of both.',
  },
  'no-node-port': {
    what: 'The load balancer sends to a port of the nodes, and the Service has none.',
    why: 'In mode instance, the AWS Load Balancer Controller accepts only Services of type NodePort or LoadBalancer.',
    example: 'metadata:\n  annotations: { alb.ingress.kubernetes.io/target-type: instance }',
    fix: "Set the annotation alb.ingress.kubernetes.io/target-type to 'ip'.",
  },
  'other-protocol': {
    what: 'The controller speaks another protocol than the server.',
    why: 'The server answers plain HTTP: every request fails.',
    example: 'metadata:\n  annotations: { nginx.ingress.kubernetes.io/backend-protocol: HTTPS }',
    fix: 'Remove the annotation: TLS ends at the controller.',
  },
  'rewritten-path': {
    what: 'The controller replaces the path of every request.',
    why: 'The path of this Ingress has no group that the target can refer to, so every request gets the same page.',
    example: "metadata:\n  annotations: { nginx.ingress.kubernetes.io/rewrite-target: '/' }",
    fix: 'Remove the annotation: the server itself serves below its path.',
  },
  'misspelt-annotation': {
    what: 'The annotation is perhaps misspelt.',
    why: 'Controllers ignore annotations that they do not know.',
    example: 'metadata:\n  annotations: { cert-manager.io/cluster-isuer: letsencrypt }',
    fix: 'Correct the name, or remove the annotation.',
    severity: 'warning',
  },
  'invalid-range': {
    what: 'The list has an item that is not a block of addresses.',
    why: 'The controller does not limit who can connect, or refuses the whole Ingress.',
    example:
      'metadata:\n  annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/33 }',
    fix: "Use blocks of addresses with commas between them, such as '10.0.0.0/16,192.0.2.7/32'.",
    severity: 'warning',
  },
  'incomplete-login': {
    what: 'The annotation for a login has no Secret with the users.',
    why: 'The controller reads the users from the Secret in auth-secret.',
    example: 'metadata:\n  annotations: { nginx.ingress.kubernetes.io/auth-type: basic }',
    fix: 'Set the annotation nginx.ingress.kubernetes.io/auth-secret to the name of the Secret.',
    severity: 'warning',
  },
  'default-target': {
    what: 'The AWS Load Balancer Controller sends to ports of the nodes, except with target-type ip.',
    why: 'The Service has no port of the node. This works only if the controller runs with --default-target-type=ip.',
    example: 'metadata:\n  annotations: { alb.ingress.kubernetes.io/scheme: internal }',
    fix: "Set the annotation alb.ingress.kubernetes.io/target-type to 'ip'.",
    severity: 'warning',
  },
  'default-health-check': {
    what: 'The health check of the load balancer requests /, where the server answers with a redirect.',
    why: 'It expects the status 200, and shows all targets as unhealthy.',
    example:
      'metadata:\n  annotations: { alb.ingress.kubernetes.io/target-type: ip }   # no healthcheck-path',
    fix: 'Set the annotation alb.ingress.kubernetes.io/healthcheck-path to a health page.',
    severity: 'warning',
  },
  'no-https': {
    what: 'Nothing gives the load balancer a certificate.',
    why: 'Without one, it serves only plain HTTP, and the public address starts with https.',
    example:
      'metadata:\n  annotations: { alb.ingress.kubernetes.io/target-type: ip }   # no certificate-arn',
    fix: 'Name the certificate in an annotation of the load balancer.',
    severity: 'warning',
  },
  'unread-class': {
    what: "GKE's controller does not read the field ingressClassName.",
    why: 'No load balancer is created.',
    example: 'spec:\n  ingressClassName: gce',
    fix: 'Remove ingressClass, and set the annotation kubernetes.io/ingress.class instead.',
    severity: 'warning',
  },
  'no-endpoint-group': {
    what: "The Service does not ask for container-native load balancing, and has no port of the nodes for Google's load balancer.",
    why: 'GKE adds the annotation itself only in clusters without GKE network policy and Shared VPC.',
    example:
      'metadata:\n  annotations: { kubernetes.io/ingress.class: gce }   # the Service has no neg annotation',
    fix: `Set serviceAnnotations to { 'cloud.google.com/neg': '{"ingress": true}' }.`,
    severity: 'warning',
  },
} satisfies FaultKinds;

export type Fault = FoundFault<keyof typeof faults>;
