import { memoizeText } from '../model/memoize.js';

const ofObjects = /^kube_([a-z]+)(?:_|$)/;

/**
 * The labels that no series of a metric lacks. kube-state-metrics sets the name of the object, its namespace,
 * its UID and the name of a container in all series with these labels, except for webhook configurations, which
 * have no namespace. Of other engines, nothing is known.
 * https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/internal/store/pod.go (descPodLabelsDefaultLabels)
 */
export const alwaysSetIn = memoizeText((metric): readonly string[] => {
  const [, kind] = ofObjects.exec(metric) ?? [];
  if (!kind || kind.endsWith('webhookconfiguration')) return [];
  return ['namespace', 'uid', 'container', kind === 'job' ? 'job_name' : kind];
});
