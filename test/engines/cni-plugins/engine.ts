import type { EngineDescription } from '../engine.js';

export default {
  version: '1.10.0',
  module: 'github.com/containernetworking/plugins',
  binaries: {
    'host-local': 'github.com/containernetworking/plugins/plugins/ipam/host-local',
    ptp: 'github.com/containernetworking/plugins/plugins/main/ptp',
  },
  versionVariable: 'github.com/containernetworking/plugins/pkg/utils/buildversion.BuildVersion',
  versionPrefix: 'v',
} satisfies EngineDescription;
