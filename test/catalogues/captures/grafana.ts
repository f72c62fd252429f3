import { imageRelease } from '../../engines/release.js';
import type { Capture } from '../capture.js';

/** No module proxy and no package registry has a complete Grafana. */
export default {
  engine: 'grafana',
  releases: async () => [imageRelease('grafana')],
  run: async () => ({ grafana: { seen: [] } }),
} satisfies Capture;
