/** Writes what synth knows of Kubernetes, the engines and the public DNS, from the Go modules of their sources. */
import './schema/kubernetes-schema.js';
import './schema/top-level-domains.js';
import { writeEngineSchemas } from './schema/engine-schema.js';

await writeEngineSchemas();
