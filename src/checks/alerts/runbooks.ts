import { defineCheck } from '../../model/check.js';
import type { FaultKinds } from '../../model/fault.js';
import { rulesIn } from '../support/query/rule.js';

const faults = {
  'relative-link': {
    what: 'The runbook links of alerts are relative paths.',
    why: 'They cannot be opened from a notification.',
    example: "stage: 'production'   // without runbooks",
    fix: "Set runbooks to the URL of the folder alerts/ of your repository, such as 'https://git.example.com/platform/alerts'.",
    severity: 'warning',
  },
} satisfies FaultKinds;

const check = defineCheck({
  faults,
  summary:
    'In production, the links of alerts to their runbooks are URLs. An environment without `runbooks` has relative paths, which no receiver can open.',
  run: (input) => {
    const { stage } = input;
    if (stage !== 'production') return [];
    const links = rulesIn(input).flatMap(({ annotations }) => annotations.runbook_url ?? []);
    const relative = links.filter((link) => !/^https?:\/\//.test(link));
    if (relative.length === 0) return [];
    return [
      {
        place: { path: 'runbooks' },
        fault: 'relative-link',
        message: `The runbook links of ${relative.length} alerts are relative paths.`,
        value: relative[0],
      },
    ];
  },
});

export default check;
