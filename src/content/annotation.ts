import type { AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard';
import { z } from 'zod';
import type { Target } from '../model/dashboard.js';
import type { Plain } from '../model/plain.js';
import { colourOf, type Mood } from './house-style.js';
import { datasource } from './panel.js';

/** Markers of events in all charts of a dashboard. */
export interface Annotation {
  /** The title of its switch above the panels. */
  readonly name: string;
  /** PromQL: each series with a value above zero is an event at that time. */
  readonly query: string;
  /** The heading of an event, in which `{{label}}` is replaced by the value of the label. */
  readonly title: string;
  /** More about an event, with labels as in `title`. @default - nothing */
  readonly text?: string;
  /** Determines the colour. @default 'neutral' */
  readonly mood?: Mood;
  /** Required scrape jobs and facts, besides those of the dashboard. @default - none */
  readonly needs?: readonly string[];
}

const text = z.string().min(1);

/** The schema of the annotations of a file in `dashboards/`. */
export const annotationsSchema = z.array(
  z.strictObject({
    name: text,
    query: text,
    title: text,
    text: text.optional(),
    mood: z
      .enum(['good', 'warning', 'critical', 'neutral', 'idle', 'plain', 'none'] satisfies Mood[])
      .optional(),
    needs: z.array(text).optional(),
  }) satisfies z.ZodType<Annotation>,
);

/**
 * An annotation in Grafana's format. Grafana runs its query over the shown time, and joins events that are at
 * most a step apart.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/annotations.ts
 */
export const annotationQuery = ({
  name,
  query,
  title,
  text = '',
  mood = 'neutral',
}: Annotation): Plain<AnnotationQuery> => ({
  name,
  datasource,
  enable: true,
  hide: false,
  iconColor: colourOf(mood),
  titleFormat: title,
  textFormat: text,
  target: {
    refId: 'Anno',
    expr: query.replace(/\s+/g, ' ').trim(),
  } satisfies Target as unknown as Plain<AnnotationQuery>['target'],
});

const current = 'workload:release:current';

/**
 * Markers of rollouts: where the release of a workload differs from the one a step before. A workload that was not
 * there before has no marker, nor has one that is only scaled, also to zero and back.
 *
 * @param matchers of the label `namespace` and `workload`, such as `namespace="shop"`
 * @param among a query for series with these labels, such as the owners of some pods. @default - all workloads
 */
export const rollouts = (matchers: string, among?: string): Annotation => {
  const before = `${current}{${matchers}} offset $__interval`;
  return {
    name: 'Rollouts',
    query: `(${current}{${matchers}} unless on (namespace, workload, release) ${before}) and on (namespace, workload) ${before}${among ? ` and on (namespace, workload) ${among}` : ''}`,
    title: 'Rollout of {{workload}}',
    text: '{{release}} in {{namespace}}',
    needs: ['kube-state-metrics'],
  };
};
