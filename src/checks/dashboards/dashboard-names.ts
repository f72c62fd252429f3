import { defineCheck } from '../../model/check.js';
import { dashboardsIn, type ShippedDashboard } from '../support/dashboard.js';
import { faults, type Result } from './dashboard-names/faults.js';

const check = defineCheck({
  faults,
  summary:
    'Every dashboard has a unique title and a unique uid, which is the name of its file. Grafana loads none of two dashboards that share one in a folder.',
  run: (input) => {
    const dashboards = dashboardsIn(input);
    return [
      ...dashboards.flatMap(misnamed),
      ...shared('uid', dashboards),
      ...shared('title', dashboards),
    ];
  },
});

export default check;

const misnamed = ({ uid, json, severity, placeOf }: ShippedDashboard): Result[] =>
  json.uid === uid
    ? []
    : [
        {
          severity,
          place: placeOf(),
          fault: 'other-uid',
          value: json.uid,
          remedy: `Set the uid to '${uid}'.`,
        },
      ];

const shared = (key: 'uid' | 'title', dashboards: readonly ShippedDashboard[]): Result[] => {
  const firsts = new Map<string, ShippedDashboard>();
  return dashboards.flatMap((dashboard) => {
    const value = dashboard.json[key];
    if (typeof value !== 'string') return [];
    const first = firsts.get(value);
    if (!first) firsts.set(value, dashboard);
    return first
      ? [
          {
            // In two folders, Grafana loads both.
            severity:
              key === 'title' && first.folder !== dashboard.folder ? 'warning' : dashboard.severity,
            place: dashboard.placeOf(value),
            fault: `duplicate-${key}`,
            message: `${first.placeOf().file ?? first.uid} has the same ${key}.`,
            value,
          },
        ]
      : [];
  });
};
