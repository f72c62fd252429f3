import type { Program } from '../../model/program.js';
import { listenAddress } from '../../schema/flag.js';
import { path, regex } from '../../schema/format.js';

/** The flags of node-exporter that the container uses. */
export const program: Program = {
  flags: {
    'web.listen-address': { takes: listenAddress },
    'path.rootfs': { takes: path },
    'path.procfs': { takes: path },
    'path.sysfs': { takes: path },
    'path.udev.data': { takes: path },
    'collector.filesystem.mount-points-exclude': { takes: regex },
    'collector.netdev.device-exclude': { takes: regex },
    'collector.netclass.ignored-devices': { takes: regex },
  },
  memoryLimit: 'variable',
};
