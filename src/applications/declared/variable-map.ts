import type { Construct } from 'constructs';
import { api } from '../../kubernetes/api.js';
import { objectName, stackLabels } from '../../model/identity.js';
import type { Application } from './application.js';

/** The name of the ConfigMap with the variables of an application. */
export const variableMapName = (stack: string, { name }: Pick<Application, 'name'>): string =>
  objectName(stack, `${name}-otel`);

/** Whether the application asks for a ConfigMap with its variables. */
export const wantsVariableMap = ({
  traces,
  logs,
  sendsMetrics,
}: Pick<Application, 'traces' | 'logs' | 'sendsMetrics'>): boolean =>
  [traces, logs, sendsMetrics].some((one) => one?.configMap);

/** Writes the variables of an application to a ConfigMap in its namespace, for `envFrom`. */
export const variableMap = (
  scope: Construct,
  stack: string,
  application: Application,
  variables: Readonly<Record<string, string>>,
): void => {
  const name = variableMapName(stack, application);
  new api.KubeConfigMap(scope, name, {
    metadata: { name, namespace: application.namespace, labels: stackLabels(stack) },
    data: { ...variables },
  });
};
