import { z } from 'zod';

/**
 * Resource attributes that become labels of a stream by default: each container has its own streams, so that the lines
 * of one that arrive late are not too old for those of another.
 */
export const defaultLabels = [
  'service.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
] as const;

/** Attributes with a value of their own for each request, user or process. */
const unbounded =
  /(^|[._-])(trace|span|request|req|session|transaction|correlation|(?:end)?user|customer|client|order|message|process)[._-]?(id|uid|uuid)$|(^|[._-])(uid|uuid|guid|pid|ip|address|port|email|timestamp|url|path|query)$|(^|[._-])(instance|container|host)[._-]id$/i;

/** Whether an attribute is likely to have so many values that each line would get a stream of its own. */
export const isUnbounded = (attribute: string): boolean => unbounded.test(attribute);

/** A resource attribute by the name that OpenTelemetry gives it. */
export const attribute = z
  .string({ error: "the name of a resource attribute such as 'k8s.namespace.name'" })
  .regex(/^[A-Za-z_][\w.\-/]*$/);
