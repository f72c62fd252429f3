import { defineComponent } from '../definition.js';
import { ownNames } from './custom-resource.js';
import { kubeStateMetrics as declare } from './kube-state-metrics.js';
import { moreOptions, watchedOnly } from './more.js';

/** Its size depends on the number of objects in the cluster. */
export const kubeStateMetrics = defineComponent({
  name: 'kube-state-metrics',
  options: moreOptions,
  sizes: {
    small: { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
    medium: { cpu: '50m', memory: '256Mi', memoryLimit: '768Mi' },
    large: { cpu: '250m', memory: '1Gi', memoryLimit: '3Gi' },
  },
  images: {
    'kube-state-metrics': {
      repository: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
      tag: 'v2.20.0',
      user: 65534,
      group: 65534,
      entrypoint: '/kube-state-metrics',
      shell: false,
      dockerfile: 'https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/Dockerfile',
    },
  },
  declare: ({ options: { resources, labels, annotations, customResources }, size }) =>
    declare({ resources: size, more: { resources, labels, annotations, customResources } }),
  validate: (options, report) => {
    watchedOnly(options, report);
    ownNames(options.customResources, report);
  },
});
