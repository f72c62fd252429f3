import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';

const check: Check = {
  summary:
    'Every dashboard has a uid of its own, the name of its file, and a title of its own: Grafana provisions none of two that share one in a folder, and elsewhere people take one for the other.',
  run: (input) => {
    const dashboards = dashboardsIn(input);
    return [
      ...dashboards.flatMap(misnamed),
      ...shared('uid', dashboards),
      ...shared('title', dashboards),
    ];
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

const misnamed = ({ uid, json, severity, placeOf }: ShippedDashboard): Result[] =>
  json.uid === uid
    ? []
    : [
        {
          severity,
          place: placeOf(),
          message: 'The uid is not the name of the file.',
          value: json.uid,
          remedy: `Give it the uid '${uid}', by which others link to it.`,
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
            severity: dashboard.severity,
            place: dashboard.placeOf(value),
            message: `${first.placeOf().file ?? first.uid} has the same ${key}.`,
            value,
            remedy: `Give one of them another ${key}.`,
          },
        ]
      : [];
  });
};
