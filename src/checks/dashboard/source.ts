import type { Manifest } from '../../model/manifest.js';
import { fromYaml } from '../../model/yaml.js';
import { type Loose, listOf, named, recordOf } from '../reference/lenient.js';

/** A data source that Grafana gets. */
export interface ProvisionedSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
}

/** The data sources in the provisioning file that ships. */
export const provisionedSources = (manifests: readonly Manifest[]): ProvisionedSource[] =>
  named(manifests).flatMap(({ object: { kind, metadata, data } }) => {
    const text = recordOf(data)['datasources.yaml'];
    const isGrafana = metadata.labels?.['app.kubernetes.io/name'] === 'grafana';
    if (kind !== 'ConfigMap' || !isGrafana || typeof text !== 'string') return [];
    return listOf(recordOf(read(text)).datasources).map(({ uid, name, type }) => ({
      uid: `${uid}`,
      name: `${name}`,
      type: `${type}`,
    }));
  });

const read = (text: string): Loose => {
  try {
    return fromYaml(text) as Loose;
  } catch {
    // The check of the configuration tells of it.
    return {};
  }
};
