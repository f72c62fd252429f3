import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../../src/model/manifest.js';

/** The objects that are added to a chart. */
export const drawn = (draw: (scope: Construct) => void): KubernetesObject[] => {
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  draw(chart);
  return chart.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((object) => object.toJson());
};

/** The only object of a kind. */
export const only = (objects: readonly KubernetesObject[], kind: string): KubernetesObject => {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`There are ${found.length} objects of kind ${kind}.`);
  return found[0]!;
};
