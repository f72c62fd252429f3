import { imageReference, images } from '../../src/config/images.js';
import { engineBinary } from '../engines/installation.js';
import type { StaticImage } from './image-archive.js';

/** The engine in each shipped image that one can be built of. */
const engines: Readonly<Partial<Record<keyof typeof images, string>>> = {
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
  jaeger: 'jaeger',
  'kube-state-metrics': 'kube-state-metrics',
  'blackbox-exporter': 'blackbox_exporter',
  'node-exporter': 'node_exporter',
  'kube-rbac-proxy': 'kube-rbac-proxy',
};

/** Images of the engines, each with the name, the user and the entrypoint of the published one. */
export const shippedImages = (): Promise<StaticImage[]> =>
  Promise.all(
    Object.entries(engines).map(async ([name, engine]) => {
      const image = images[name as keyof typeof images];
      return {
        reference: imageReference(image),
        binary: await engineBinary(engine),
        entrypoint: image.entrypoint,
        user: `${image.user}:${image.group}`,
      };
    }),
  );
