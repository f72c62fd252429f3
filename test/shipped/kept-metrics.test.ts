import { expect, test } from 'vitest';
import { definitions } from '../../src/components/index.js';
import { watchedResources } from '../../src/components/kube-state-metrics/resource.js';
import { loadContent } from '../../src/content/load.js';
import { select } from '../../src/content/select.js';
import { keptOf } from '../../src/derive/keep.js';
import { metrics } from '../../src/model/offer.js';
import { build, minimal } from '../environment.js';

const facts = Object.values(definitions).flatMap((one) =>
  'facts' in one ? Object.keys(Object(one.facts)) : [],
);

test('kube-state-metrics exposes exactly the metrics that the shipped content uses', async () => {
  const { content } = await loadContent(['.']);
  const { jobs } = build({
    ...minimal,
    cluster: { ...minimal.cluster, controlPlane: 'exposed' },
  });
  const { content: selected } = select(content, {
    // Content that some option selects is part of it.
    jobs: [...jobs, ...facts],
    settings: [],
    addresses: { runbooks: 'alerts', grafana: 'http://grafana' },
  });
  const kept = keptOf({}, selected);
  const exposed = watchedResources.flatMap(({ metrics }) => metrics).sort();
  expect(exposed).toEqual(kept('kube-state-metrics', metrics('/metrics', { keep: 'used' })));
});
