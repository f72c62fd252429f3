import type { EngineDescription } from '../engine.js';

export default {
  version: '2.13.0',
  module: 'github.com/jaegertracing/jaeger',
  // The path of the module has no /v2: v1.76.0, released together with v2.13.0, is its last version
  // with a tag. The Go module proxy does not have the commits of later releases: for v2.20.0 as
  // v1.76.1-0.20260720033334-798e4b0fcf22, it answers that this version is not available.
  // https://github.com/jaegertracing/jaeger/releases/tag/v2.13.0
  moduleVersion: 'v1.76.0',
  binaries: { jaeger: 'github.com/jaegertracing/jaeger/cmd/jaeger' },
  versionVariable: 'github.com/jaegertracing/jaeger/internal/version.latestVersion',
  versionPrefix: 'v',
  versionArguments: ['version'],
} satisfies EngineDescription;
