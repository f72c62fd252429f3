import { images } from '../../src/components/index.js';
import { imageReference } from '../../src/config/image.js';
import { engineBinary } from '../engines/installation.js';
import type { StaticImage } from './image-archive.js';

/** The engine for each shipped image that can be built from one. */
const engines: Readonly<Record<string, string>> = {
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
  jaeger: 'jaeger',
  'kube-state-metrics': 'kube-state-metrics',
  'blackbox-exporter': 'blackbox_exporter',
  'node-exporter': 'node_exporter',
  'kube-rbac-proxy': 'kube-rbac-proxy',
};

/**
 * Images of the engines, each with the name, the user and the entrypoint of the published image.
 */
export const shippedImages = (): Promise<StaticImage[]> =>
  Promise.all(
    Object.entries(engines).map(async ([name, engine]) => {
      const image = images[name]!;
      return {
        reference: imageReference(image),
        binary: await engineBinary(engine),
        entrypoint: image.entrypoint,
        user: `${image.user}:${image.group}`,
      };
    }),
  );
