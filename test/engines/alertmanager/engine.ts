import type { EngineDescription } from '../engine.js';

export default {
  version: '0.34.0',
  module: 'github.com/prometheus/alertmanager',
  binaries: {
    alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager',
    amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
  },
  versionVariable: 'github.com/prometheus/common/version.Version',
  // ui/web.go embeds the compiled web interface, which is not in the repository since v0.32.
  missingFiles: { 'ui/app/dist/index.html': 'Built without the web interface.\n' },
} satisfies EngineDescription;
