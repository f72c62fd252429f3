import type { Change, Section } from './change.js';

/** What changes, in one line, such as `2 workloads restart, 1 alert, 3 dashboards`. */
export const tally = (changes: readonly Change[], most = Number.POSITIVE_INFINITY): string => {
  const counts = new Map<string, number>();
  for (const change of changes) {
    const noun = nounOf(change);
    if (noun !== undefined) counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  const parts = [...counts].map(([noun, count]) => counted(noun, count));
  if (parts.length <= most) return parts.join(', ');
  const rest = [...counts.values()].slice(most).reduce((sum, count) => sum + count, 0);
  return `${parts.slice(0, most).join(', ')}, ${counted('other change', rest)}`;
};

/** What changes in what is published, for a table. */
export const changeLine = (changes: readonly Change[]): string =>
  tally(changes, 4) || (changes.length > 0 ? 'the estimate' : 'no effect in the cluster');

const nouns: Readonly<Record<Exclude<Section, 'workloads' | 'alerts'>, string>> = {
  images: 'image',
  resources: 'resource',
  notifications: 'notification setting',
  scraping: 'scrape job',
  dashboards: 'dashboard',
  connections: 'connection',
  permissions: 'role',
  secrets: 'required Secret',
  configuration: 'configuration setting',
  objects: 'other object',
};

/** What a change is counted as; a sum, such as that of all requests, is not counted. */
const nounOf = ({ section, kind, subject, effect }: Change): string | undefined => {
  if (subject === sums.resources || subject === sums.scraping) return undefined;
  if (section === 'alerts' && subject.startsWith('objective ')) return 'objective';
  if (section === 'alerts')
    return subject.startsWith('recording rule ') ? 'recording rule' : 'alert';
  if (section !== 'workloads') return nouns[section];
  return `workload ${effect ?? kind}`;
};

/** The subjects of changes of sums. */
export const sums = {
  resources: 'all pods, with the node agents of one node',
  scraping: 'expected load of Prometheus',
} as const;

const counted = (noun: string, count: number): string => {
  if (count === 1) return `1 ${noun}`;
  const [first = '', ...rest] = noun.split(/(?<=workload)/);
  if (first !== 'workload') return `${count} ${noun}s`;
  return `${count} workloads${rest
    .join('')
    .replace(/ (restart|scale)s$/, ' $1')
    .replace(' is ', ' are ')}`;
};
