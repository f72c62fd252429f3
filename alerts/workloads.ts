import {
  firingAlerts,
  gatedPods,
  podsOfWorkloads,
  workloadsOfPods,
} from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/** Series of Deployments, StatefulSets and DaemonSets, with the label `workload` in the form that kubectl expects. */
const ofWorkloads = (deployments?: string, statefulSets?: string, daemonSets?: string): string =>
  `max by (namespace, workload) (${[
    ['deployment', deployments],
    ['statefulset', statefulSets],
    ['daemonset', daemonSets],
  ]
    .filter(([, expr]) => expr)
    .map(([kind, expr]) => `label_replace(${expr}, "workload", "${kind}/$1", "${kind}", "(.+)")`)
    .join(' or ')})`;

/** Why containers of the pod wait; `CrashLoopBackOff` and `PodInitializing` have other causes. */
const waiting = (matcher: string): string =>
  `(kube_pod_container_status_waiting_reason{${matcher}} or kube_pod_init_container_status_waiting_reason{${matcher}})`;

// One fault gives one alert. The alert about a stuck rollout of a Deployment fires first, and replaces the alerts
// about its pods. Other workloads replace one pod after the other, so the alert about the pod fires first.
const inStuckRollout = podsOfWorkloads(firingAlerts('DeploymentRolloutStuck'));
const faultyPods = workloadsOfPods(
  firingAlerts('PodCrashLooping', 'PodUnschedulable', 'PodNotReady', 'ContainerRestartsOften'),
);
const stuckRollouts = firingAlerts(
  'DeploymentRolloutStuck',
  'StatefulSetRolloutStuck',
  'DaemonSetRolloutStuck',
);

/** StatefulSets with pods of two revisions. */
const rollingStatefulSets = ofWorkloads(
  undefined,
  'max by (namespace, statefulset) (kube_statefulset_status_current_revision unless on (namespace, statefulset, revision) kube_statefulset_status_update_revision)',
);

/** Running jobs of a CronJob, by the name of the CronJob. */
const runningJobs =
  'label_replace(kube_job_owner{owner_kind="CronJob"} and on (namespace, job_name) kube_job_status_active > 0, "cronjob", "$1", "owner_name", "(.+)")';

/** Jobs of a CronJob that started before the last success of the CronJob. */
const succeededSince =
  'kube_job_status_start_time * on (namespace, job_name) group_left (owner_name) max by (namespace, job_name, owner_name) (kube_job_owner{owner_kind="CronJob"}) < on (namespace, owner_name) group_left () max by (namespace, owner_name) (label_replace(kube_cronjob_status_last_successful_time, "owner_name", "$1", "cronjob", "(.+)"))';

export default alertGroup({
  adaptRanges: true,
  needs: ['kube-state-metrics'],
  dashboard: 'workload',
  thresholds: {
    /** How long after its failure a failed job is reported. */
    jobFailedSeconds: 24 * 3600,
    jobRunningSeconds: 12 * 3600,
    cronJobLateSeconds: 30 * 60,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'workload:replicas_desired:max',
        expr: ofWorkloads(
          'kube_deployment_spec_replicas',
          'kube_statefulset_replicas',
          'kube_daemonset_status_desired_number_scheduled',
        ),
      },
      {
        record: 'workload:replicas_available:max',
        expr: ofWorkloads(
          'kube_deployment_status_replicas_available',
          'kube_statefulset_status_replicas_ready',
          'kube_daemonset_status_number_available',
        ),
      },
      {
        record: 'workload:replicas_updated:max',
        expr: ofWorkloads(
          'kube_deployment_status_replicas_updated',
          'kube_statefulset_status_replicas_updated',
          'kube_daemonset_status_updated_number_scheduled',
        ),
      },
    ],
    alerts: [
      {
        alert: 'PodCrashLooping',
        dashboard: 'pod',
        // If a container runs for ten minutes, the kubelet no longer delays its restart.
        expr: `max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[10m]) or max_over_time(kube_pod_init_container_status_waiting_reason{reason="CrashLoopBackOff"}[10m])) == 1 unless on (namespace, pod) ${inStuckRollout}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'restarts',
        summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} is in a crash loop.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} keeps crashing. The kubelet waits before each restart.',
      },
      {
        alert: 'PodUnschedulable',
        dashboard: 'pod',
        expr: `max by (namespace, pod) (kube_pod_status_unschedulable) == 1 unless on (namespace, pod) ${gatedPods} unless on (namespace, pod) ${inStuckRollout}`,
        for: '15m',
        severity: 'warning',
        subject: 'pod',
        summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} cannot be scheduled.',
        description:
          'The scheduler has found no node for pod {{ $labels.namespace }}/{{ $labels.pod }} for 15 minutes.',
      },
      {
        alert: 'ContainerWaiting',
        dashboard: 'pod',
        // Without the reason, because ErrImagePull and ImagePullBackOff alternate.
        expr: `max by (namespace, pod, container) ${waiting('reason!~"CrashLoopBackOff|PodInitializing"')} == 1 unless on (namespace, pod) ${podsOfWorkloads(`(${stuckRollouts} or ${firingAlerts('WorkloadReplicasMissing')})`)}`,
        for: '30m',
        severity: 'warning',
        subject: 'pod',
        summary: 'A container of pod {{ $labels.namespace }}/{{ $labels.pod }} cannot start.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} has waited for its image, volumes or configuration for 30 minutes.',
      },
      {
        alert: 'PodNotReady',
        dashboard: 'pod',
        // PodUnschedulable, ContainerWaiting, PodCrashLooping and NodeNotReady report the others.
        expr: `max by (namespace, pod) (kube_pod_status_ready{condition="true"}) == 0 and on (namespace, pod) kube_pod_status_phase{phase=~"Pending|Running|Unknown"} == 1 unless on (namespace, pod) (kube_pod_status_unschedulable == 1) unless on (namespace, pod) (${waiting('reason!="PodInitializing"')} == 1) unless on (namespace, pod) (kube_pod_info and on (node) kube_node_status_condition{condition="Ready",status="true"} == 0) unless on (namespace, pod) ${inStuckRollout}`,
        for: '15m',
        severity: 'warning',
        subject: 'pod',
        summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} is not ready.',
        description:
          'Pod {{ $labels.namespace }}/{{ $labels.pod }} has not been ready for 15 minutes. It has a node, and its containers do not wait to start.',
      },
      {
        alert: 'WorkloadReplicasMissing',
        // During a rollout, replicas can be missing.
        expr: `workload:replicas_desired:max - workload:replicas_available:max > 0 and changes(workload:replicas_updated:max[15m]) == 0 unless on (namespace, workload) ${faultyPods} unless on (namespace, workload) ${stuckRollouts}`,
        for: '20m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'replicas {{ $labels.workload }}',
        summary: '{{ $labels.workload }} in {{ $labels.namespace }} has too few replicas.',
        description:
          '{{ $value | humanize }} replica(s) of {{ $labels.workload }} in {{ $labels.namespace }} have not been available for 20 minutes.',
      },
      {
        alert: 'DeploymentRolloutStuck',
        // With the label `workload`, the alerts about its pods can be excluded.
        expr: 'max by (namespace, deployment, workload) (label_replace(kube_deployment_status_condition{condition="Progressing",status="false"}, "workload", "deployment/$1", "deployment", "(.+)")) == 1',
        for: '2m',
        severity: 'warning',
        subject: 'rollout {{ $labels.deployment }}',
        summary:
          'The rollout of deployment/{{ $labels.deployment }} in {{ $labels.namespace }} is stuck.',
        description:
          'The rollout of deployment/{{ $labels.deployment }} in {{ $labels.namespace }} has made no progress within its deadline.',
      },
      {
        alert: 'StatefulSetRolloutStuck',
        // With `OnDelete` or a partition, pods of two revisions are intended, and all of them are ready.
        expr: `workload:replicas_desired:max - workload:replicas_available:max > 0 and on (namespace, workload) ${rollingStatefulSets} and changes(workload:replicas_updated:max[15m]) == 0 unless on (namespace, workload) ${faultyPods}`,
        for: '10m',
        severity: 'warning',
        subject: 'rollout {{ $labels.workload }}',
        summary: 'The rollout of {{ $labels.workload }} in {{ $labels.namespace }} is stuck.',
        description:
          'The rollout of {{ $labels.workload }} in {{ $labels.namespace }} has made no progress for 25 minutes. {{ $value | humanize }} replica(s) are not ready.',
      },
      {
        alert: 'DaemonSetRolloutStuck',
        // With `OnDelete`, pods of two revisions are intended, and all of them are available.
        expr: `workload:replicas_desired:max{workload=~"daemonset/.+"} - workload:replicas_available:max > 0 and workload:replicas_desired:max - workload:replicas_updated:max > 0 and changes(workload:replicas_updated:max[15m]) == 0 unless on (namespace, workload) ${faultyPods}`,
        for: '10m',
        severity: 'warning',
        subject: 'rollout {{ $labels.workload }}',
        summary: 'The rollout of {{ $labels.workload }} in {{ $labels.namespace }} is stuck.',
        description:
          'The rollout of {{ $labels.workload }} in {{ $labels.namespace }} has made no progress for 25 minutes. {{ $value | humanize }} replica(s) are not available.',
      },
      {
        alert: 'WorkloadSpecNotObserved',
        expr: `${ofWorkloads(
          'kube_deployment_metadata_generation - kube_deployment_status_observed_generation',
          'kube_statefulset_metadata_generation - kube_statefulset_status_observed_generation',
        )} > 0`,
        for: '15m',
        severity: 'warning',
        subject: 'controller {{ $labels.workload }}',
        summary: 'A change of {{ $labels.workload }} in {{ $labels.namespace }} has no effect.',
        description:
          'The controller manager has not processed the last {{ $value | humanize }} change(s) of {{ $labels.workload }} in {{ $labels.namespace }}.',
      },
      {
        alert: 'DaemonSetMisscheduled',
        expr: 'max by (namespace, daemonset) (kube_daemonset_status_number_misscheduled) > 0',
        for: '15m',
        severity: 'warning',
        subject: 'schedule {{ $labels.daemonset }}',
        summary:
          'daemonset/{{ $labels.daemonset }} in {{ $labels.namespace }} runs on the wrong nodes.',
        description:
          '{{ $value | humanize }} pod(s) of daemonset/{{ $labels.daemonset }} in {{ $labels.namespace }} run on nodes that it does not select.',
      },
      {
        alert: 'JobFailed',
        // A job that ran for longer than this existed, and had not failed, at that time.
        expr: `time() - max by (namespace, job_name) (kube_job_status_start_time) and on (namespace, job_name) kube_job_failed{condition="true"} == 1 and on (namespace, job_name) (kube_job_status_start_time > time() - ${threshold.jobFailedSeconds} or kube_job_status_start_time offset ${threshold.jobFailedSeconds}s unless on (namespace, job_name) kube_job_failed{condition="true"} offset ${threshold.jobFailedSeconds}s == 1) unless on (namespace, job_name) (${succeededSince})`,
        // A job can be deleted as soon as it has finished, before a notification is sent.
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'job {{ $labels.job_name }}',
        summary: 'job/{{ $labels.job_name }} in {{ $labels.namespace }} has failed.',
        description:
          'job/{{ $labels.job_name }} in {{ $labels.namespace }}, which started {{ $value | humanizeDuration }} ago, has failed and is not retried.',
      },
      {
        alert: 'JobRunsLong',
        expr: `time() - max by (namespace, job_name) (kube_job_status_start_time) > ${threshold.jobRunningSeconds} and on (namespace, job_name) kube_job_status_active > 0`,
        severity: 'warning',
        subject: 'job {{ $labels.job_name }}',
        summary: 'job/{{ $labels.job_name }} in {{ $labels.namespace }} runs for too long.',
        description:
          'job/{{ $labels.job_name }} in {{ $labels.namespace }} has been running for {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'CronJobLate',
        // With `Forbid`, the next job waits for the running one: JobRunsLong reports a job that hangs.
        expr: `time() - max by (namespace, cronjob) (kube_cronjob_next_schedule_time) > ${threshold.cronJobLateSeconds} and on (namespace, cronjob) kube_cronjob_spec_suspend == 0 unless on (namespace, cronjob) (kube_cronjob_info{concurrency_policy="Forbid"} and on (namespace, cronjob) ${runningJobs})`,
        severity: 'warning',
        subject: 'cronjob {{ $labels.cronjob }}',
        summary: 'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} is late.',
        description:
          'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} should have started a job {{ $value | humanizeDuration }} ago.',
      },
      {
        alert: 'HorizontalPodAutoscalerMaxedOut',
        // A desired number equal to the maximum is not a limit.
        expr: 'max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_desired_replicas >= kube_horizontalpodautoscaler_spec_max_replicas and kube_horizontalpodautoscaler_spec_max_replicas > kube_horizontalpodautoscaler_spec_min_replicas) and on (namespace, horizontalpodautoscaler) kube_horizontalpodautoscaler_status_condition{condition="ScalingLimited",status="true"} == 1',
        for: '30m',
        severity: 'warning',
        subject: 'autoscaler {{ $labels.horizontalpodautoscaler }}',
        summary:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} is at its maximum.',
        description:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} has wanted more than its maximum of {{ $value | humanize }} replicas for 30 minutes.',
      },
      {
        alert: 'HorizontalPodAutoscalerNotScaling',
        // A target without replicas is disabled on purpose.
        expr: 'max by (namespace, horizontalpodautoscaler, condition) (kube_horizontalpodautoscaler_status_condition{condition=~"AbleToScale|ScalingActive",status="false"}) == 1 and on (namespace, horizontalpodautoscaler) kube_horizontalpodautoscaler_status_current_replicas > 0',
        for: '15m',
        severity: 'warning',
        subject: 'autoscaler {{ $labels.horizontalpodautoscaler }}',
        summary:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} cannot scale.',
        description:
          'Condition {{ $labels.condition }} of hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} is false: it has no metrics, or it cannot change its target.',
      },
      {
        alert: 'PodDisruptionBudgetNotMet',
        // The alert about a stuck rollout reports missing pods; a budget above the number of pods is never met.
        expr: `max by (namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_desired_healthy - kube_poddisruptionbudget_status_current_healthy) > 0 unless on (namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_desired_healthy <= kube_poddisruptionbudget_status_expected_pods and on (namespace) ${stuckRollouts})`,
        for: '15m',
        severity: 'warning',
        subject: 'budget {{ $labels.poddisruptionbudget }}',
        summary:
          'pdb/{{ $labels.poddisruptionbudget }} in {{ $labels.namespace }} has too few healthy pods.',
        description:
          'pdb/{{ $labels.poddisruptionbudget }} in {{ $labels.namespace }} lacks {{ $value | humanize }} healthy pod(s), so nodes with its pods cannot be drained.',
      },
      {
        alert: 'NamespaceStuckTerminating',
        dashboard: 'namespace',
        expr: 'max by (namespace) (kube_namespace_status_phase{phase="Terminating"}) == 1',
        for: '1h',
        severity: 'warning',
        subject: 'namespace',
        summary: 'Namespace {{ $labels.namespace }} cannot be deleted.',
        description:
          'Namespace {{ $labels.namespace }} has been terminating for an hour because something in it cannot be removed.',
      },
    ],
  }),
});
