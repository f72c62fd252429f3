import { expect, test } from 'vitest';
import { shippedGroups } from '../alerts/promtool.js';

/** Metrics that have no series if a fact is false. */
const conditional = {
  prometheus_remote_storage_: 'configured:remote-write',
  prometheus_notifications_: 'configured:alertmanager',
  probe_ssl_: 'configured:https-probes',
  alertmanager_cluster_: 'configured:alertmanager-mesh',
  alertmanager_config_hash: 'configured:alertmanager-mesh',
  alertmanager_notifications_: 'configured:receivers',
};

const alerts = Object.values(await shippedGroups()).flatMap((group) =>
  group.rules(group.thresholds).alerts.map((alert) => ({
    ...alert,
    needs: [...group.needs, ...(alert.needs ?? [])],
  })),
);

test.each(Object.entries(conditional))('alerts that use %s* ship only with %s', (metric, fact) => {
  const using = alerts.filter(({ expr }) => expr.includes(metric));
  expect(using.length).toBeGreaterThan(0);
  for (const { alert, needs } of using) expect(needs, alert).toContain(fact);
});
