import { App, Chart } from 'cdk8s';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { settingOf } from '../../src/config/setting.js';
import { connect } from '../../src/derive/connections.js';
import { locate } from '../../src/derive/locate.js';
import { wire } from '../../src/derive/wiring.js';
import { rbac } from '../../src/kubernetes/rbac.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Component, Party } from '../../src/model/party.js';
import { collect } from '../../src/output/collect.js';
import { generatedMark, manifestFiles } from '../../src/output/files.js';
import { build, minimal, someContent } from '../environment.js';

/** A component on its own, as an environment would ship it. */
export interface Synthesis {
  readonly objects: readonly KubernetesObject[];
  /** The objects as one YAML stream. */
  readonly yaml: string;
}

/**
 * Synthesizes a component in an environment, connected to what is outside of it and to `others`;
 * the other components of the environment are left out, so that only this one's options count.
 */
export const synthesize = (
  component: Component,
  options: EnvironmentOptions = minimal,
  others: readonly (Component | Party)[] = [],
): Synthesis => {
  const { environment, parties } = build(options);
  const setting = settingOf(environment);
  const located = [component, ...others].map((party) => locate(party, setting.names));
  const { connections, findings } = connect([...located, ...parties.filter(({ own }) => !own)], {});
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 2));
  const app = new App();
  const chart = new Chart(app, component.name, { disableResourceNameHashes: true });
  const wiring = wire(component, connections, setting, someContent);
  component.render(chart, wiring);
  for (const workload of Object.values(wiring.workloads)) rbac(chart, workload);
  const { manifests } = collect(app, environment);
  const { Kustomization: _, ...files } = manifestFiles(manifests);
  return {
    objects: manifests.map(({ object }) => object),
    yaml: Object.values(files)
      .map((file) => file.replace(`${generatedMark}\n`, ''))
      .join('---\n'),
  };
};
