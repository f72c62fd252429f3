import type { Connection } from '../../../model/connection.js';
import type { MetricsOffer } from '../../../model/offer.js';
import { type Labels, relabel } from '../../../schema/prometheus/relabelling.js';
import type { RelabelStep } from '../../support/prometheus-file.js';

/** The step of a declaration that drops all targets, or their address, whatever their other labels are. */
export const droppingStep = ({ offer, provider }: Connection): RelabelStep | undefined => {
  const { targetRelabel = [], discovery, path } = offer as MetricsOffer;
  const { location } = provider;
  let labels: Labels = {
    __metrics_path__: path,
    ...(location.kind === 'pods' && { __meta_kubernetes_namespace: location.namespace }),
    ...(discovery ? {} : podLabels(location.kind === 'pods' ? location.labels : {})),
    __address__: 'any',
  };
  const unknown = new Set(['__address__', 'instance', 'job']);
  for (const step of targetRelabel) {
    const { action = 'replace', source_labels: sources = [], target_label: target } = step;
    const filters = action === 'keep' || action === 'drop';
    const isKnown = sources.every((one) => !unknown.has(one) && (one in labels || isForeign(one)));
    if (filters && !isKnown && !dropsAny(step)) continue;
    if (action === 'labelmap' || action === 'hashmod') return undefined;
    const after = relabel(labels, [step]);
    if (!after?.__address__) return step;
    if (!filters && target !== undefined && !isKnown) unknown.add(target);
    labels = after;
  }
  return undefined;
};

const dropsAny = ({ action, regex }: RelabelStep): boolean =>
  action === 'drop' && ['.*', '(.*)', '^.*$'].includes(`${regex ?? '(.*)'}`);

/** Labels of other kinds of discovery, and of samples. */
const isForeign = (label: string): boolean =>
  label === '__name__' || (label.startsWith('__meta_') && !label.startsWith('__meta_kubernetes_'));

const podLabels = (labels: Labels): Labels =>
  Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      `__meta_kubernetes_pod_label_${key.replace(/\W/g, '_')}`,
      value,
    ]),
  );
