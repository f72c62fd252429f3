import type { Schema } from '../../src/checks/objects/schema/schema.js';

const autoscaling = 'io.k8s.api.autoscaling.v2';
const core = 'io.k8s.api.core.v1';
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const networking = 'io.k8s.api.networking.v1';
const rbac = 'io.k8s.api.rbac.v1';

const cidr: Schema = { type: 'string', format: 'cidr' };
const dataKeys: Schema = { propertyNames: { format: 'config-key' } };
const dnsLabel: Schema = { format: 'dns-label' };
const filled: Schema = { minItems: 1 };
const labels: Schema = {
  propertyNames: { format: 'qualified-name' },
  additionalProperties: { type: 'string', format: 'label-value' },
};
const named: Schema = {
  required: ['name'],
  properties: { name: { format: 'dns-subdomain' } },
};
const portNumber: Schema = { minimum: 1, maximum: 65535 };
const portNumberOrName: Schema = { format: 'port' };
const resourceNames: Schema = { propertyNames: { format: 'resource-name' } };

const alternatives = (fields: string[]) => fields.map((field) => ({ required: [field] }));
const exactlyOneOf = (...fields: string[]): Schema => ({ oneOf: alternatives(fields) });
const atLeastOneOf = (...fields: string[]): Schema => ({ anyOf: alternatives(fields) });

/**
 * Rules of the API server that are not in its OpenAPI, by definition.
 *
 * From `validation.go` of each group in `pkg/apis` of Kubernetes 1.36.3, and `pkg/api/validation` and
 * `pkg/apis/meta/v1/validation` of its apimachinery. Rules that depend on other fields are left out.
 */
export const additions: Record<string, Schema> = {
  [`${meta}.ObjectMeta`]: {
    properties: {
      namespace: dnsLabel,
      labels,
      annotations: { propertyNames: { format: 'annotation-name' } },
    },
  },
  [`${meta}.LabelSelector`]: { properties: { matchLabels: labels } },
  [`${meta}.LabelSelectorRequirement`]: {
    properties: {
      key: { format: 'qualified-name' },
      operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
      values: { items: { type: 'string', format: 'label-value' } },
    },
  },
  [`${autoscaling}.MetricSpec`]: {
    properties: { type: { enum: ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'] } },
  },
  [`${autoscaling}.MetricTarget`]: {
    ...atLeastOneOf('averageUtilization', 'averageValue', 'value'),
    properties: { type: { enum: ['AverageValue', 'Utilization', 'Value'] } },
  },
  [`${core}.ConfigMap`]: { properties: { data: dataKeys, binaryData: dataKeys } },
  [`${core}.ConfigMapEnvSource`]: named,
  [`${core}.ConfigMapKeySelector`]: named,
  [`${core}.ConfigMapVolumeSource`]: named,
  [`${core}.Secret`]: { properties: { data: dataKeys, stringData: dataKeys } },
  [`${core}.SecretEnvSource`]: named,
  [`${core}.SecretKeySelector`]: named,
  [`${core}.SecretVolumeSource`]: {
    required: ['secretName'],
    properties: { secretName: { format: 'dns-subdomain' } },
  },
  [`${core}.Container`]: { required: ['image'], properties: { name: dnsLabel } },
  [`${core}.ContainerPort`]: {
    properties: {
      name: { format: 'port-name' },
      containerPort: portNumber,
      hostPort: portNumber,
    },
  },
  [`${core}.EnvVarSource`]: exactlyOneOf(
    ...['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'],
  ),
  [`${core}.GRPCAction`]: { properties: { port: portNumber } },
  [`${core}.HTTPGetAction`]: { properties: { port: portNumberOrName } },
  [`${core}.LifecycleHandler`]: exactlyOneOf('exec', 'httpGet', 'sleep', 'tcpSocket'),
  [`${core}.PersistentVolumeClaimSpec`]: {
    required: ['accessModes', 'resources'],
    properties: { accessModes: filled },
  },
  [`${core}.PodSpec`]: { properties: { containers: filled, nodeSelector: labels } },
  [`${core}.Probe`]: exactlyOneOf('exec', 'grpc', 'httpGet', 'tcpSocket'),
  [`${core}.ResourceRequirements`]: {
    properties: { limits: resourceNames, requests: resourceNames },
  },
  [`${core}.ServicePort`]: {
    properties: { name: dnsLabel, port: portNumber, targetPort: portNumberOrName },
  },
  [`${core}.ServiceSpec`]: {
    ...atLeastOneOf('clusterIP', 'externalName', 'ports'),
    properties: { selector: labels },
  },
  [`${core}.TCPSocketAction`]: { properties: { port: portNumberOrName } },
  [`${core}.Volume`]: { properties: { name: dnsLabel } },
  [`${core}.VolumeResourceRequirements`]: {
    required: ['requests'],
    properties: { requests: { required: ['storage'] } },
  },
  [`${networking}.HTTPIngressPath`]: { properties: { path: { pattern: '^/' } } },
  [`${networking}.HTTPIngressRuleValue`]: { properties: { paths: filled } },
  [`${networking}.IPBlock`]: { properties: { cidr, except: { items: cidr } } },
  [`${networking}.IngressBackend`]: exactlyOneOf('resource', 'service'),
  [`${networking}.IngressRule`]: { properties: { host: { format: 'host-name' } } },
  [`${networking}.IngressServiceBackend`]: { required: ['port'], properties: { name: dnsLabel } },
  [`${networking}.IngressSpec`]: {
    ...atLeastOneOf('defaultBackend', 'rules'),
    properties: { ingressClassName: { format: 'dns-subdomain' } },
  },
  [`${networking}.NetworkPolicyPeer`]: atLeastOneOf('ipBlock', 'namespaceSelector', 'podSelector'),
  [`${networking}.NetworkPolicyPort`]: { properties: { port: portNumberOrName } },
  [`${networking}.ServiceBackendPort`]: {
    ...exactlyOneOf('name', 'number'),
    properties: { name: { format: 'port-name' }, number: portNumber },
  },
  [`${rbac}.PolicyRule`]: {
    oneOf: [{ required: ['apiGroups', 'resources'] }, { required: ['nonResourceURLs'] }],
    properties: { apiGroups: filled, resources: filled, verbs: filled },
  },
  [`${rbac}.RoleRef`]: {
    properties: {
      apiGroup: { enum: ['rbac.authorization.k8s.io'] },
      kind: { enum: ['ClusterRole', 'Role'] },
    },
  },
  [`${rbac}.Subject`]: { properties: { kind: { enum: ['Group', 'ServiceAccount', 'User'] } } },
};
