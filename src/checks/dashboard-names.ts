import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';

const check: Check = {
  summary:
    'Every dashboard has a uid of its own, the name of its file, and in its folder a title of its own: Grafana provisions none of two that share one.',
  run: (input) => {
    const dashboards = dashboardsIn(input);
    return dashboards.flatMap((one, index) => {
      const before = dashboards.slice(0, index);
      return [
        ...misnamed(one),
        ...shared(one, 'uid', one.json.uid, before),
        ...shared(one, 'title', one.json.title, before),
      ];
    });
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

const shared = (
  { severity, placeOf }: ShippedDashboard,
  key: 'uid' | 'title',
  value: unknown,
  before: readonly ShippedDashboard[],
): Result[] => {
  const first = before.find(({ json }) => json[key] === value);
  if (!first || typeof value !== 'string') return [];
  return [
    {
      severity,
      place: placeOf(value),
      message: `${first.placeOf().file ?? first.uid} has the same ${key}.`,
      value,
      remedy: `Give one of them another ${key}.`,
    },
  ];
};
