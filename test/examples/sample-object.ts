/** Objects of the sample's production environment, by their titles. */
export const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
export const alertmanager = 'StatefulSet crowsnest/crowsnest-alertmanager';
export const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
export const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
export const blackbox = 'Deployment crowsnest/crowsnest-blackbox-exporter';
export const kubeStateMetrics = 'Deployment crowsnest/crowsnest-kube-state-metrics';
export const nodeExporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
export const cadvisor = 'DaemonSet crowsnest-agents/crowsnest-cadvisor';

/** Paths in a workload. */
export const pod = 'spec.template.spec';
export const container = `${pod}.containers.0`;

/** The title and the key of configuration files. */
export const prometheusFile = [
  'ConfigMap crowsnest/crowsnest-prometheus-config',
  'prometheus.yml',
] as const;
export const alertmanagerFile = [
  'ConfigMap crowsnest/crowsnest-alertmanager-config',
  'alertmanager.yml',
] as const;
export const dataSourcesFile = [
  'ConfigMap crowsnest/crowsnest-grafana-config',
  'datasources.yaml',
] as const;
