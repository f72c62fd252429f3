import { App, Chart } from 'cdk8s';
import { connect } from '../../src/derive/connections.js';
import { locate } from '../../src/derive/locate.js';
import { wire } from '../../src/derive/wiring.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { settingOf } from '../../src/environment/setting.js';
import { rbac } from '../../src/kubernetes/rbac.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Component, Party } from '../../src/model/party.js';
import { collect } from '../../src/output/collect.js';
import { buildStack } from '../../src/stack.js';
import { minimal, noContent, someContent, validated } from '../environment.js';
import { review } from './review.js';

/** A component as an environment ships it, without other components. */
export interface Synthesis {
  readonly objects: readonly KubernetesObject[];
  /** The objects in a readable form. */
  readonly review: string;
}

/**
 * Synthesizes a component in an environment, connected to the outside parties and to `others`.
 * Other components of the environment are left out, so that only the options of this one count.
 */
export const synthesize = (
  component: Component,
  options: EnvironmentOptions = minimal,
  others: readonly (Component | Party)[] = [],
): Synthesis => {
  const environment = validated(options);
  const { parties } = buildStack(environment, noContent, []);
  const setting = settingOf(environment);
  const located = [component, ...others].map((party) => locate(party, setting.names));
  const { connections, findings } = connect([...located, ...parties], {});
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 2));
  const app = new App();
  const chart = new Chart(app, component.name, { disableResourceNameHashes: true });
  const wiring = wire(component, connections, setting, someContent);
  component.render(chart, wiring);
  for (const workload of Object.values(wiring.workloads)) rbac(chart, workload);
  const { manifests } = collect(app, environment);
  const objects = manifests.map(({ object }) => object);
  return { objects, review: review(objects) };
};
