import type { EngineDescription } from '../engine.js';

/** A generator of valid PromQL, to test our analysis; no release of it has a tag. */
export default {
  version: '20260205231645',
  module: 'github.com/cortexproject/promqlsmith',
  moduleVersion: 'v0.0.0-20260205231645-0c8ef5fe46a5',
  binaries: { promqlsmith: '.' },
  versionVariable: 'main.version',
} satisfies EngineDescription;
