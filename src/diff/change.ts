/** The parts of a report, in its order, with their headings. */
export const sections = {
  workloads: 'Workloads',
  images: 'Images',
  resources: 'Resources and volumes',
  alerts: 'Alerts and rules',
  notifications: 'Notifications',
  scraping: 'Scrape jobs and expected series',
  dashboards: 'Dashboards',
  connections: 'What may connect to what',
  permissions: 'Permissions in the Kubernetes API',
  secrets: 'Required Secrets',
  configuration: 'Other configuration',
  objects: 'Other objects',
} as const;

/** A part of a report. */
export type Section = keyof typeof sections;

/** What changed about one subject, as a reviewer asks for it. */
export interface Change {
  readonly section: Section;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Its name, which is unique in the section. */
  readonly subject: string;
  /** What happens when the change is applied, besides the change itself. */
  readonly effect?: 'restarts' | 'scales' | 'is rejected';
  readonly details: readonly Detail[];
}

/** One difference: a value that is new has no `before`, and one that is gone no `after`. */
export interface Detail {
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** Whether something is added, removed or changed, by its values on both sides. */
export const kindOf = (before: unknown, after: unknown): Change['kind'] =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
