import type { LoadTest, LoadThresholds } from '../../config/load-test.js';
import type { Objective } from '../../content/objective/objective.js';
import { budgetOf, exact } from '../../content/objective/window.js';
import { seconds } from '../../promql/duration.js';
import type { Application } from './application.js';

/** Where the requests of a load test are sent: through a Service to a port of the pods. */
interface Target {
  /** Of the pods. */
  readonly port: number;
  /** Name of the Service. */
  readonly service: string;
  readonly host: string;
  readonly servicePort: number;
}

/** The target of the load test of an application; undefined if it has none. */
export const targetOf = ({
  name,
  namespace,
  health,
  loadTest,
}: Application): Target | undefined => {
  const port = loadTest?.port ?? health?.port;
  if (!loadTest || port === undefined) return undefined;
  const stated = loadTest.service ?? health?.service ?? {};
  const service = stated.name ?? name;
  return {
    port,
    service,
    host: `${service}.${namespace}.svc`,
    // The Service of the health pages states the port of these.
    servicePort: (loadTest.service ?? (port === health?.port ? stated : {})).port ?? port,
  };
};

/** The load test of an application, with its target and its thresholds; undefined if it has none. */
export const loadTestOf = (application: Application): LoadTest | undefined => {
  const { name, namespace, loadTest, objectives } = application;
  const target = targetOf(application);
  if (!loadTest || !target) return undefined;
  const { service: _, ...options } = loadTest;
  const { service: __, ...address } = target;
  return {
    ...options,
    ...address,
    application: name,
    namespace,
    thresholds: { ...thresholdsOf(objectives), ...loadTest.thresholds },
  };
};

/**
 * The thresholds that follow from objectives about requests over HTTP, which probes of health pages are not. Without an
 * objective of the availability, at most 1 % of the requests may fail: a run without thresholds could not fail.
 */
export const thresholdsOf = (objectives: readonly Objective[]): LoadThresholds => {
  const ofRequests = objectives.filter(({ of }) => typeof of === 'string' && of !== 'probes');
  const failed = ofRequests.flatMap((one) =>
    one.kind === 'availability' ? `rate<=${budgetOf(one.target)}` : [],
  );
  const slow = ofRequests.flatMap((one) =>
    one.kind === 'latency' ? `p(${one.target})<=${exact(seconds(one.threshold)! * 1000)}` : [],
  );
  const thresholds = (all: readonly string[]) => all.map((threshold) => ({ threshold }));
  return {
    http_req_failed: thresholds(failed.length > 0 ? failed : ['rate<=0.01']),
    ...(slow.length > 0 && { http_req_duration: thresholds(slow) }),
  };
};
