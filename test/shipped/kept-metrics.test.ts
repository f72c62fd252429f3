import { expect, test } from 'vitest';
import { watchedResources } from '../../src/components/kube-state-metrics/resource.js';
import { loadContent } from '../../src/content/load.js';
import { select } from '../../src/content/select.js';
import { keptOf } from '../../src/derive/keep.js';
import { metrics } from '../../src/model/offer.js';
import { build, minimal } from '../environment.js';

test('kube-state-metrics exposes exactly the metrics that the shipped content uses', async () => {
  const { content } = await loadContent(['.']);
  const { jobs } = build({
    ...minimal,
    cluster: { ...minimal.cluster, controlPlane: 'exposed' },
  });
  const { content: selected } = select(content, {
    // Those of the alerts about backups, too.
    jobs: [...jobs, 'configured:backups'],
    settings: [],
    addresses: { runbooks: 'alerts', grafana: 'http://grafana' },
  });
  const kept = keptOf({}, selected);
  const exposed = watchedResources.flatMap(({ metrics }) => metrics).sort();
  expect(exposed).toEqual(kept('kube-state-metrics', metrics('/metrics', { keep: 'used' })));
});
