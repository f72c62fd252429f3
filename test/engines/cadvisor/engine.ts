import type { EngineDescription } from '../engine.js';

export default {
  version: '0.60.5',
  // The module of the command has no version, and is in no module proxy. Our command uses the
  // libraries of the release, which find containers, read their cgroups and write the metrics.
  // https://github.com/google/cadvisor/blob/v0.60.5/cmd/go.mod
  module: 'github.com/google/cadvisor/lib',
  binaries: { cadvisor: 'crowsnest.test/cadvisor' },
  versionVariable: 'github.com/google/cadvisor/lib/version.Version',
  versionPrefix: 'v',
} satisfies EngineDescription;
