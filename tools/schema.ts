/** Writes what synth knows of Kubernetes, the engines the panels of Grafana and the public DNS, from their sources. */
import './schema/kubernetes-schema.js';
import './schema/panel-options.js';
import './schema/top-level-domains.js';
import { writeEngineSchemas } from './schema/engine-schema.js';

await writeEngineSchemas();
