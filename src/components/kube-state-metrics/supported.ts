/** A resource that kube-state-metrics supports. */
export interface SupportedResource {
  readonly apiGroup: string;
  /** The labels of its metrics, which are gauges; of watched resources only those of labels and annotations. */
  readonly metrics: Readonly<Record<string, readonly string[]>>;
}

/**
 * The resources that kube-state-metrics supports, as its documentation lists them:
 * https://github.com/kubernetes/kube-state-metrics/tree/v2.20.0/docs/metrics
 */
export const supportedResources = {
  certificatesigningrequests: {
    apiGroup: 'certificates.k8s.io',
    metrics: {
      kube_certificatesigningrequest_annotations: ['certificatesigningrequest', 'signer_name'],
      kube_certificatesigningrequest_cert_length: ['certificatesigningrequest', 'signer_name'],
      kube_certificatesigningrequest_condition: [
        'certificatesigningrequest',
        'condition',
        'signer_name',
      ],
      kube_certificatesigningrequest_created: ['certificatesigningrequest', 'signer_name'],
      kube_certificatesigningrequest_labels: ['certificatesigningrequest', 'signer_name'],
    },
  },
  clusterrolebindings: {
    apiGroup: 'rbac.authorization.k8s.io',
    metrics: {
      kube_clusterrolebinding_annotations: ['clusterrolebinding'],
      kube_clusterrolebinding_created: ['clusterrolebinding'],
      kube_clusterrolebinding_info: ['clusterrolebinding', 'roleref_kind', 'roleref_name'],
      kube_clusterrolebinding_labels: ['clusterrolebinding'],
      kube_clusterrolebinding_metadata_resource_version: ['clusterrolebinding'],
    },
  },
  clusterroles: {
    apiGroup: 'rbac.authorization.k8s.io',
    metrics: {
      kube_clusterrole_annotations: ['clusterrole'],
      kube_clusterrole_created: ['clusterrole'],
      kube_clusterrole_info: ['clusterrole'],
      kube_clusterrole_labels: ['clusterrole'],
      kube_clusterrole_metadata_resource_version: ['clusterrole'],
    },
  },
  configmaps: {
    apiGroup: '',
    metrics: {
      kube_configmap_annotations: ['configmap', 'namespace'],
      kube_configmap_created: ['configmap', 'namespace'],
      kube_configmap_info: ['configmap', 'namespace'],
      kube_configmap_labels: ['configmap', 'namespace'],
      kube_configmap_metadata_resource_version: ['configmap', 'namespace'],
    },
  },
  cronjobs: {
    apiGroup: 'batch',
    metrics: {
      kube_cronjob_annotations: ['cronjob', 'namespace'],
      kube_cronjob_labels: ['cronjob', 'namespace'],
    },
  },
  daemonsets: {
    apiGroup: 'apps',
    metrics: {
      kube_daemonset_annotations: ['daemonset', 'namespace'],
      kube_daemonset_labels: ['daemonset', 'namespace'],
    },
  },
  deployments: {
    apiGroup: 'apps',
    metrics: {
      kube_deployment_annotations: ['deployment', 'namespace'],
      kube_deployment_labels: ['deployment', 'namespace'],
    },
  },
  endpoints: {
    apiGroup: '',
    metrics: {
      kube_endpoint_address: [
        'endpoint',
        'ip',
        'namespace',
        'port_name',
        'port_number',
        'port_protocol',
        'ready',
      ],
      kube_endpoint_annotations: ['endpoint', 'namespace'],
      kube_endpoint_created: ['endpoint', 'namespace'],
      kube_endpoint_info: ['endpoint', 'namespace'],
      kube_endpoint_labels: ['endpoint', 'namespace'],
      kube_endpoint_ports: ['endpoint', 'namespace', 'port_name', 'port_number', 'port_protocol'],
    },
  },
  endpointslices: {
    apiGroup: 'discovery.k8s.io',
    metrics: {
      kube_endpointslice_annotations: ['endpointslice', 'namespace'],
      kube_endpointslice_created: ['endpointslice', 'namespace'],
      kube_endpointslice_endpoints: [
        'address',
        'endpoint_zone',
        'endpointslice',
        'hostname',
        'namespace',
        'nodename',
        'ready',
        'serving',
        'targetref_kind',
        'targetref_name',
        'targetref_namespace',
        'terminating',
      ],
      kube_endpointslice_endpoints_hints: ['address', 'endpointslice', 'for_zone', 'namespace'],
      kube_endpointslice_info: ['addresstype', 'endpointslice', 'namespace'],
      kube_endpointslice_labels: ['endpointslice', 'namespace'],
      kube_endpointslice_ports: [
        'endpointslice',
        'namespace',
        'port_name',
        'port_number',
        'port_protocol',
      ],
    },
  },
  horizontalpodautoscalers: {
    apiGroup: 'autoscaling',
    metrics: {
      kube_horizontalpodautoscaler_annotations: ['horizontalpodautoscaler', 'namespace'],
      kube_horizontalpodautoscaler_labels: ['horizontalpodautoscaler', 'namespace'],
    },
  },
  ingressclasses: {
    apiGroup: 'networking.k8s.io',
    metrics: {
      kube_ingressclass_annotations: ['ingressclass'],
      kube_ingressclass_created: ['ingressclass'],
      kube_ingressclass_info: ['controller', 'ingressclass'],
      kube_ingressclass_labels: ['ingressclass'],
    },
  },
  ingresses: {
    apiGroup: 'networking.k8s.io',
    metrics: {
      kube_ingress_annotations: ['ingress', 'namespace'],
      kube_ingress_created: ['ingress', 'namespace'],
      kube_ingress_info: ['ingress', 'ingressclass', 'namespace'],
      kube_ingress_labels: ['ingress', 'namespace'],
      kube_ingress_metadata_resource_version: ['ingress', 'namespace'],
      kube_ingress_path: [
        'host',
        'ingress',
        'namespace',
        'path',
        'path_type',
        'resource_api_group',
        'resource_kind',
        'resource_name',
        'service_name',
        'service_port',
      ],
      kube_ingress_tls: ['ingress', 'namespace', 'secret', 'tls_host'],
    },
  },
  jobs: {
    apiGroup: 'batch',
    metrics: {
      kube_job_annotations: ['job_name', 'namespace'],
      kube_job_labels: ['job_name', 'namespace'],
    },
  },
  leases: {
    apiGroup: 'coordination.k8s.io',
    metrics: {
      kube_lease_owner: ['lease', 'lease_holder', 'namespace', 'owner_kind', 'owner_name'],
      kube_lease_renew_time: ['lease', 'namespace'],
    },
  },
  limitranges: {
    apiGroup: '',
    metrics: {
      kube_limitrange: ['constraint', 'limitrange', 'namespace', 'resource', 'type'],
      kube_limitrange_created: ['limitrange', 'namespace'],
    },
  },
  mutatingadmissionpolicies: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_mutatingadmissionpolicy_created: ['mutatingadmissionpolicy', 'namespace'],
      kube_mutatingadmissionpolicy_info: [
        'failure_policy',
        'mutatingadmissionpolicy',
        'namespace',
        'param_api_version',
        'param_kind',
        'reinvocation_policy',
      ],
    },
  },
  mutatingadmissionpolicybindings: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_mutatingadmissionpolicybinding_created: ['mutatingadmissionpolicybinding', 'namespace'],
      kube_mutatingadmissionpolicybinding_info: [
        'mutatingadmissionpolicybinding',
        'namespace',
        'param_name',
        'param_namespace',
        'param_not_found_action',
        'policy_name',
      ],
    },
  },
  mutatingwebhookconfigurations: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_mutatingwebhookconfiguration_created: ['mutatingwebhookconfiguration', 'namespace'],
      kube_mutatingwebhookconfiguration_info: ['mutatingwebhookconfiguration', 'namespace'],
      kube_mutatingwebhookconfiguration_metadata_resource_version: [
        'mutatingwebhookconfiguration',
        'namespace',
      ],
      kube_mutatingwebhookconfiguration_webhook_clientconfig_service: [
        'mutatingwebhookconfiguration',
        'namespace',
        'service_name',
        'service_namespace',
        'webhook_name',
      ],
    },
  },
  namespaces: {
    apiGroup: '',
    metrics: { kube_namespace_annotations: ['namespace'], kube_namespace_labels: ['namespace'] },
  },
  networkpolicies: {
    apiGroup: 'networking.k8s.io',
    metrics: {
      kube_networkpolicy_annotations: ['namespace', 'networkpolicy'],
      kube_networkpolicy_created: ['namespace', 'networkpolicy'],
      kube_networkpolicy_labels: ['namespace', 'networkpolicy'],
      kube_networkpolicy_spec_egress_rules: ['namespace', 'networkpolicy'],
      kube_networkpolicy_spec_ingress_rules: ['namespace', 'networkpolicy'],
    },
  },
  nodes: { apiGroup: '', metrics: { kube_node_annotations: ['node'], kube_node_labels: ['node'] } },
  persistentvolumeclaims: {
    apiGroup: '',
    metrics: {
      kube_persistentvolumeclaim_annotations: ['namespace', 'persistentvolumeclaim'],
      kube_persistentvolumeclaim_labels: ['namespace', 'persistentvolumeclaim'],
    },
  },
  persistentvolumes: {
    apiGroup: '',
    metrics: {
      kube_persistentvolume_annotations: ['persistentvolume'],
      kube_persistentvolume_labels: ['persistentvolume'],
    },
  },
  poddisruptionbudgets: {
    apiGroup: 'policy',
    metrics: {
      kube_poddisruptionbudget_annotations: ['namespace', 'poddisruptionbudget'],
      kube_poddisruptionbudget_labels: ['namespace', 'poddisruptionbudget'],
    },
  },
  pods: {
    apiGroup: '',
    metrics: {
      kube_pod_annotations: ['namespace', 'pod', 'uid'],
      kube_pod_labels: ['namespace', 'pod', 'uid'],
    },
  },
  replicasets: {
    apiGroup: 'apps',
    metrics: {
      kube_replicaset_annotations: ['namespace', 'replicaset'],
      kube_replicaset_labels: ['namespace', 'replicaset'],
    },
  },
  replicationcontrollers: {
    apiGroup: '',
    metrics: {
      kube_replicationcontroller_created: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_metadata_generation: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_owner: [
        'namespace',
        'owner_is_controller',
        'owner_kind',
        'owner_name',
        'replicationcontroller',
      ],
      kube_replicationcontroller_spec_replicas: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_status_available_replicas: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_status_fully_labeled_replicas: [
        'namespace',
        'replicationcontroller',
      ],
      kube_replicationcontroller_status_observed_generation: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_status_ready_replicas: ['namespace', 'replicationcontroller'],
      kube_replicationcontroller_status_replicas: ['namespace', 'replicationcontroller'],
    },
  },
  resourcequotas: {
    apiGroup: '',
    metrics: {
      kube_resourcequota_annotations: ['namespace', 'resourcequota'],
      kube_resourcequota_labels: ['namespace', 'resourcequota'],
    },
  },
  rolebindings: {
    apiGroup: 'rbac.authorization.k8s.io',
    metrics: {
      kube_rolebinding_annotations: ['namespace', 'rolebinding'],
      kube_rolebinding_created: ['namespace', 'rolebinding'],
      kube_rolebinding_info: ['namespace', 'rolebinding', 'roleref_kind', 'roleref_name'],
      kube_rolebinding_labels: ['namespace', 'rolebinding'],
      kube_rolebinding_metadata_resource_version: ['namespace', 'rolebinding'],
    },
  },
  roles: {
    apiGroup: 'rbac.authorization.k8s.io',
    metrics: {
      kube_role_annotations: ['namespace', 'role'],
      kube_role_created: ['namespace', 'role'],
      kube_role_info: ['namespace', 'role'],
      kube_role_labels: ['namespace', 'role'],
      kube_role_metadata_resource_version: ['namespace', 'role'],
    },
  },
  secrets: {
    apiGroup: '',
    metrics: {
      kube_secret_annotations: ['namespace', 'secret'],
      kube_secret_created: ['namespace', 'secret'],
      kube_secret_info: ['namespace', 'secret'],
      kube_secret_labels: ['namespace', 'secret'],
      kube_secret_metadata_resource_version: ['namespace', 'secret'],
      kube_secret_owner: ['namespace', 'owner_is_controller', 'owner_kind', 'owner_name', 'secret'],
      kube_secret_type: ['namespace', 'secret', 'type'],
    },
  },
  serviceaccounts: {
    apiGroup: '',
    metrics: {
      kube_serviceaccount_annotations: ['namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_created: ['namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_deleted: ['namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_image_pull_secret: ['name', 'namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_info: ['automount_token', 'namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_labels: ['namespace', 'serviceaccount', 'uid'],
      kube_serviceaccount_secret: ['name', 'namespace', 'serviceaccount', 'uid'],
    },
  },
  services: {
    apiGroup: '',
    metrics: {
      kube_service_annotations: ['namespace', 'service', 'uid'],
      kube_service_created: ['namespace', 'service', 'uid'],
      kube_service_deletion_timestamp: ['namespace', 'service', 'uid'],
      kube_service_info: [
        'cluster_ip',
        'external_name',
        'external_traffic_policy',
        'load_balancer_ip',
        'namespace',
        'service',
        'uid',
      ],
      kube_service_labels: ['namespace', 'service', 'uid'],
      kube_service_spec_external_ip: ['external_ip', 'namespace', 'service', 'uid'],
      kube_service_spec_type: ['namespace', 'service', 'type', 'uid'],
      kube_service_status_load_balancer_ingress: ['hostname', 'ip', 'namespace', 'service', 'uid'],
    },
  },
  statefulsets: {
    apiGroup: 'apps',
    metrics: {
      kube_statefulset_annotations: ['namespace', 'statefulset'],
      kube_statefulset_labels: ['namespace', 'statefulset'],
    },
  },
  storageclasses: {
    apiGroup: 'storage.k8s.io',
    metrics: {
      kube_storageclass_annotations: ['storageclass'],
      kube_storageclass_created: ['storageclass'],
      kube_storageclass_info: [
        'provisioner',
        'reclaim_policy',
        'storageclass',
        'volume_binding_mode',
      ],
      kube_storageclass_labels: ['storageclass'],
    },
  },
  validatingadmissionpolicies: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_validatingadmissionpolicy_created: ['namespace', 'validatingadmissionpolicy'],
      kube_validatingadmissionpolicy_info: [
        'failure_policy',
        'namespace',
        'param_api_version',
        'param_kind',
        'validatingadmissionpolicy',
      ],
    },
  },
  validatingadmissionpolicybindings: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_validatingadmissionpolicybinding_created: [
        'namespace',
        'validatingadmissionpolicybinding',
      ],
      kube_validatingadmissionpolicybinding_info: [
        'namespace',
        'param_name',
        'param_namespace',
        'param_not_found_action',
        'policy_name',
        'validatingadmissionpolicybinding',
      ],
      kube_validatingadmissionpolicybinding_validation_action: [
        'action',
        'namespace',
        'validatingadmissionpolicybinding',
      ],
    },
  },
  validatingwebhookconfigurations: {
    apiGroup: 'admissionregistration.k8s.io',
    metrics: {
      kube_validatingwebhookconfiguration_created: ['namespace', 'validatingwebhookconfiguration'],
      kube_validatingwebhookconfiguration_info: ['namespace', 'validatingwebhookconfiguration'],
      kube_validatingwebhookconfiguration_metadata_resource_version: [
        'namespace',
        'validatingwebhookconfiguration',
      ],
      kube_validatingwebhookconfiguration_webhook_clientconfig_service: [
        'namespace',
        'service_name',
        'service_namespace',
        'validatingwebhookconfiguration',
        'webhook_name',
      ],
    },
  },
  volumeattachments: {
    apiGroup: 'storage.k8s.io',
    metrics: {
      kube_volumeattachment_created: ['volumeattachment'],
      kube_volumeattachment_info: ['attacher', 'node', 'volumeattachment'],
      kube_volumeattachment_labels: ['volumeattachment'],
      kube_volumeattachment_spec_source_persistentvolume: ['volumeattachment', 'volumename'],
      kube_volumeattachment_status_attached: ['volumeattachment'],
      kube_volumeattachment_status_attachment_metadata: [
        'metadata_METADATA_KEY',
        'volumeattachment',
      ],
    },
  },
} as const satisfies Readonly<Record<string, SupportedResource>>;
