import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { repository, shippedGroups } from '../alerts/promtool.js';
import { full } from '../checks/full.js';
import { manifestOf } from '../checks/input.js';
import { build } from '../environment.js';

const { patch: _patch, ...whole } = full;
const stack = build(whole, (await loadContent([repository])).content);
const set = manifestOf(stack, 'StatefulSet observability/everything-prometheus').object;
const { 'stack-volumes': group } = await shippedGroups();
const { alerts } = group!.rules(group!.thresholds);

test('StackVolumeTooSmall has the claim names of the StatefulSet of Prometheus', () => {
  const [template] = set.spec.volumeClaimTemplates;
  const { expr } = alerts.find(({ alert }) => alert === 'StackVolumeTooSmall')!;
  expect(expr).toContain(`"persistentvolumeclaim", "${template.metadata.name}-$1", "pod"`);
});
