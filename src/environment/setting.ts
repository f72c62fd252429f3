import type { CommonEnvironment } from '../config/common.js';
import { type Image, imageReference, imageVersion } from '../config/image.js';
import { type Platform, platformOf } from '../config/platforms.js';
import { scales } from '../config/size.js';
import type { Setting } from '../model/wiring.js';
import { configured } from './configured.js';
import type { Environment } from './environment.js';

/** The settings of an environment that components can read. */
export const settingOf = (environment: Environment): Setting => {
  const components = configured(environment);
  const imageOf = (name: string): Image | undefined =>
    components
      .flatMap(({ definition: { images } }) => Object.entries(images))
      .find(([key]) => key === name)?.[1];
  const platform: Platform = platformOf(environment.cluster.platform);
  return {
    names: { stack: environment.stack, namespaces: environment.namespaces },
    cluster: environment.cluster.name,
    scrapeInterval: environment.prometheus.scrapeInterval,
    keep: environment.prometheus.keep,
    image: (name) => {
      const image = imageOf(name);
      if (!image) throw new Error(`No component defines the image '${name}'.`);
      return {
        reference: imageReference(image, environment.imageMirror),
        user: image.user,
        group: image.group,
      };
    },
    storageClass: storageClassOf(environment)?.name,
    pullSecrets: environment.pullSecrets,
    securityConstraints: platform.securityConstraints?.value,
    avoidedNodes: platform.unreachableNodes?.value,
    nodeSelector: environment.nodeSelector,
    tolerations: environment.tolerations,
    priorityClass: (component) =>
      components.find(({ definition }) => definition.name === component)?.context.options
        .priorityClass ?? environment.priorityClass,
    // The main image of each component has the component's name.
    version: (component) => {
      const image = imageOf(component);
      return image && imageVersion(image);
    },
    apartOn: apartOn(environment),
    hostUsers: environment.hostUsers,
  };
};

/**
 * On how many nodes replicas can run separately. It is 1 if volumes belong to one node: two volumes
 * on the same node would keep a replica pending.
 */
const apartOn = (environment: CommonEnvironment): number => {
  const usual: Platform['storageClass'] = platformOf(environment.cluster.platform).storageClass;
  const bound = usual?.value.nodeLocal && usual.value.name === storageClassOf(environment)?.name;
  return bound ? 1 : (environment.cluster.nodes ?? 1);
};

/** The class of all volumes: that of the environment, or the default of the platform. */
export const storageClassOf = ({ cluster }: Pick<CommonEnvironment, 'cluster'>) =>
  cluster.storageClass ?? platformOf(cluster.platform).storageClass?.value;

/** The assumed nodes, cores of each node, and pods of the cluster. */
export const scaleOf = ({ cluster: { nodes, cores, pods }, size }: CommonEnvironment) => ({
  nodes: nodes ?? scales[size].nodes,
  cores: cores ?? scales[size].cores,
  pods: pods ?? scales[size].pods,
});
