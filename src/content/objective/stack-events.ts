import { ownValue } from '../../model/own-value.js';

/** Events that a component of the stack measures, and not the application. */
interface StackEvents {
  /** The scrape job that has them. */
  readonly job: string;
  /** The option of an environment for the component. */
  readonly component: string;
  /** The option of an application without which it has none. */
  readonly application: 'traces' | 'health';
  /** What the component does, to complete the sentence "nothing …". */
  readonly what: string;
}

const stackEvents: Readonly<Record<string, StackEvents>> = {
  spans: {
    job: 'span-metrics',
    component: 'jaeger',
    application: 'traces',
    what: 'receives its spans',
  },
  probes: {
    job: 'blackbox-exporter',
    component: 'blackboxExporter',
    application: 'health',
    what: 'probes its pages',
  },
};

/** The events that an objective counts, if a component of the stack measures them. */
export const stackEventsOf = (of: unknown): StackEvents | undefined =>
  typeof of === 'string' ? ownValue(stackEvents, of) : undefined;
