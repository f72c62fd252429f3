/**
 * The oldest and the newest supported minor release of Kubernetes: the live tests run both, and the
 * catalogues contain the metrics of both.
 */
export const kubernetesMinors = { oldest: '1.35', newest: '1.37' } as const;
