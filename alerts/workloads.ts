import { alertGroup } from '../src/content/alert-group.js';

/** Of Deployments, StatefulSets and DaemonSets alike, with `workload` as kubectl takes it. */
const ofWorkloads = (deployments: string, statefulSets: string, daemonSets?: string): string =>
  `max by (namespace, workload) (${[
    ['deployment', deployments],
    ['statefulset', statefulSets],
    ['daemonset', daemonSets],
  ]
    .filter(([, expr]) => expr)
    .map(([kind, expr]) => `label_replace(${expr}, "workload", "${kind}/$1", "${kind}", "(.+)")`)
    .join(' or ')})`;

/** What the pod's containers wait for: `CrashLoopBackOff` and `PodInitializing` tell of other things. */
const waiting = (matcher: string): string =>
  `(kube_pod_container_status_waiting_reason{${matcher}} or kube_pod_init_container_status_waiting_reason{${matcher}})`;

/** Jobs of a CronJob of which a later one has succeeded. */
const succeededSince =
  'kube_job_status_start_time * on (namespace, job_name) group_left (owner_name) max by (namespace, job_name, owner_name) (kube_job_owner{owner_kind="CronJob"}) < on (namespace, owner_name) group_left () max by (namespace, owner_name) (label_replace(kube_cronjob_status_last_successful_time, "owner_name", "$1", "cronjob", "(.+)"))';

export default alertGroup({
  needs: ['kube-state-metrics'],
  dashboard: 'workload',
  thresholds: {
    /** A failed job is told of for so long after its start. */
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
        expr: `max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m]) or max_over_time(kube_pod_init_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) == 1`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'restarts',
        summary: '{{ $labels.namespace }}/{{ $labels.pod }} crashes in a loop.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} ends soon after each start, so that the kubelet waits ever longer before the next.',
      },
      {
        alert: 'PodUnschedulable',
        dashboard: 'pod',
        expr: 'max by (namespace, pod) (kube_pod_status_unschedulable) == 1',
        for: '15m',
        severity: 'warning',
        subject: 'pod',
        summary: 'No node takes {{ $labels.namespace }}/{{ $labels.pod }}.',
        description:
          'The scheduler has found no node for pod {{ $labels.namespace }}/{{ $labels.pod }} for 15 minutes.',
      },
      {
        alert: 'ContainerWaiting',
        dashboard: 'pod',
        // Without the reason, since ErrImagePull and ImagePullBackOff take turns.
        expr: `max by (namespace, pod, container) ${waiting('reason!~"CrashLoopBackOff|PodInitializing"')} == 1`,
        for: '30m',
        severity: 'warning',
        subject: 'pod',
        summary: 'A container of {{ $labels.namespace }}/{{ $labels.pod }} cannot start.',
        description:
          'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} has waited for its image, its volumes or its configuration for half an hour.',
      },
      {
        alert: 'PodNotReady',
        dashboard: 'pod',
        // Unless the reason is told by PodUnschedulable, ContainerWaiting, PodCrashLooping or NodeNotReady.
        expr: `max by (namespace, pod) (kube_pod_status_ready{condition="true"}) == 0 and on (namespace, pod) kube_pod_status_phase{phase=~"Pending|Running|Unknown"} == 1 unless on (namespace, pod) (kube_pod_status_unschedulable == 1) unless on (namespace, pod) (${waiting('reason!="PodInitializing"')} == 1) unless on (namespace, pod) (kube_pod_info and on (node) kube_node_status_condition{condition="Ready",status="true"} == 0)`,
        for: '15m',
        severity: 'warning',
        subject: 'pod',
        summary: '{{ $labels.namespace }}/{{ $labels.pod }} is not ready.',
        description:
          'Pod {{ $labels.namespace }}/{{ $labels.pod }} has not been ready for 15 minutes, though it has a node and its containers do not wait.',
      },
      {
        alert: 'WorkloadReplicasMissing',
        // While a rollout goes on, replicas may be missing.
        expr: 'workload:replicas_desired:max - workload:replicas_available:max > 0 and changes(workload:replicas_updated:max[15m]) == 0',
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'replicas {{ $labels.workload }}',
        summary: '{{ $labels.workload }} in {{ $labels.namespace }} lacks replicas.',
        description:
          '{{ $value | humanize }} replica(s) of {{ $labels.workload }} in {{ $labels.namespace }} have not been available for 15 minutes.',
      },
      {
        alert: 'DeploymentRolloutStuck',
        expr: 'max by (namespace, deployment) (kube_deployment_status_condition{condition="Progressing",status="false"}) == 1',
        for: '5m',
        severity: 'warning',
        subject: 'rollout {{ $labels.deployment }}',
        summary:
          'The rollout of deployment/{{ $labels.deployment }} in {{ $labels.namespace }} is stuck.',
        description:
          'The rollout of deployment/{{ $labels.deployment }} in {{ $labels.namespace }} has made no progress within its deadline.',
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
        summary: 'A change of {{ $labels.workload }} in {{ $labels.namespace }} is not acted on.',
        description:
          'The controller-manager has not taken notice of the last {{ $value | humanize }} change(s) of {{ $labels.workload }} in {{ $labels.namespace }}.',
      },
      {
        alert: 'DaemonSetMisscheduled',
        expr: 'max by (namespace, daemonset) (kube_daemonset_status_number_misscheduled) > 0',
        for: '15m',
        severity: 'warning',
        subject: 'schedule {{ $labels.daemonset }}',
        summary:
          'daemonset/{{ $labels.daemonset }} in {{ $labels.namespace }} runs where it should not.',
        description:
          '{{ $value | humanize }} pod(s) of daemonset/{{ $labels.daemonset }} in {{ $labels.namespace }} run on nodes that it does not select.',
      },
      {
        alert: 'JobFailed',
        expr: `time() - max by (namespace, job_name) (kube_job_status_start_time) < ${threshold.jobFailedSeconds} and on (namespace, job_name) kube_job_failed{condition="true"} == 1 unless on (namespace, job_name) (${succeededSince})`,
        severity: 'warning',
        subject: 'job {{ $labels.job_name }}',
        summary: 'job/{{ $labels.job_name }} in {{ $labels.namespace }} has failed.',
        description:
          'job/{{ $labels.job_name }} in {{ $labels.namespace }}, started {{ $value | humanizeDuration }} ago, has failed and is not tried again.',
      },
      {
        alert: 'JobRunsLong',
        expr: `time() - max by (namespace, job_name) (kube_job_status_start_time) > ${threshold.jobRunningSeconds} and on (namespace, job_name) kube_job_status_active > 0`,
        severity: 'warning',
        subject: 'job {{ $labels.job_name }}',
        summary: 'job/{{ $labels.job_name }} in {{ $labels.namespace }} does not finish.',
        description:
          'job/{{ $labels.job_name }} in {{ $labels.namespace }} has been running for {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'CronJobLate',
        expr: `time() - max by (namespace, cronjob) (kube_cronjob_next_schedule_time) > ${threshold.cronJobLateSeconds} and on (namespace, cronjob) kube_cronjob_spec_suspend == 0`,
        severity: 'warning',
        subject: 'cronjob {{ $labels.cronjob }}',
        summary: 'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} has not started.',
        description:
          'cronjob/{{ $labels.cronjob }} in {{ $labels.namespace }} should have started a job {{ $value | humanizeDuration }} ago.',
      },
      {
        alert: 'HorizontalPodAutoscalerMaxedOut',
        expr: 'max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_desired_replicas >= kube_horizontalpodautoscaler_spec_max_replicas and kube_horizontalpodautoscaler_spec_max_replicas > kube_horizontalpodautoscaler_spec_min_replicas)',
        for: '30m',
        severity: 'warning',
        subject: 'autoscaler {{ $labels.horizontalpodautoscaler }}',
        summary:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} can scale up no further.',
        description:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} has wanted all of its {{ $value | humanize }} replicas for half an hour.',
      },
      {
        alert: 'HorizontalPodAutoscalerNotScaling',
        // Without replicas, scaling is switched off on purpose.
        expr: 'max by (namespace, horizontalpodautoscaler, condition) (kube_horizontalpodautoscaler_status_condition{condition=~"AbleToScale|ScalingActive",status="false"}) == 1 and on (namespace, horizontalpodautoscaler) kube_horizontalpodautoscaler_status_current_replicas > 0',
        for: '15m',
        severity: 'warning',
        subject: 'autoscaler {{ $labels.horizontalpodautoscaler }}',
        summary:
          'hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} cannot scale.',
        description:
          'Condition {{ $labels.condition }} of hpa/{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} is false: it has no metrics to go by, or cannot change its target.',
      },
      {
        alert: 'PodDisruptionBudgetNotMet',
        expr: 'max by (namespace, poddisruptionbudget) (kube_poddisruptionbudget_status_desired_healthy - kube_poddisruptionbudget_status_current_healthy) > 0',
        for: '15m',
        severity: 'warning',
        subject: 'budget {{ $labels.poddisruptionbudget }}',
        summary:
          'pdb/{{ $labels.poddisruptionbudget }} in {{ $labels.namespace }} lacks healthy pods.',
        description:
          '{{ $value | humanize }} pod(s) of pdb/{{ $labels.poddisruptionbudget }} in {{ $labels.namespace }} are missing, so that no node with its pods can be drained.',
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
          'Namespace {{ $labels.namespace }} has been terminating for an hour: something in it cannot be removed.',
      },
    ],
  }),
});
