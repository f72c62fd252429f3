/** Labels of the streams of a container: the attributes of OpenTelemetry, as Loki names them. */
export const logLabels = {
  namespace: 'k8s_namespace_name',
  pod: 'k8s_pod_name',
  container: 'k8s_container_name',
  service: 'service_name',
  /** Loki determines it for each line, from its severity or its text. */
  level: 'detected_level',
} as const;

/** Where lines come from. */
export interface LineSource {
  readonly namespace: string;
  /** The pod, or the variable with several. */
  readonly pod: string;
  /** Whether it is a variable with several values. @default false */
  readonly several?: boolean;
}

/**
 * LogQL for the lines of pods. If the name of the pod is a label of the streams, the selector finds them by it. In a
 * Loki where it is not, the selector allows that the label is missing, and the filter after it finds the lines.
 */
export const linesOf = ({ namespace, pod, several = false }: LineSource): string =>
  `{${logLabels.namespace}="${namespace}", ${logLabels.pod}=~"${pod}|"} | ${logLabels.pod}${several ? '=~' : '='}"${pod}"`;

/** LogQL for the lines that a service sends itself, in the same way. */
export const linesOfService = (namespace: string, service: string): string =>
  `{${logLabels.namespace}="${namespace}", ${logLabels.service}=~${JSON.stringify(`${service.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}|`)}} | ${logLabels.service}=${JSON.stringify(service)}`;
