import type { Program } from '../../model/program.js';
import { listenAddress, mountedFlag } from '../../schema/flag.js';
import { regex } from '../../schema/format.js';

/** The flags of node-exporter that the container uses. */
export const program: Program = {
  flags: {
    'web.listen-address': { takes: listenAddress },
    'path.rootfs': mountedFlag({ host: '/' }),
    'path.procfs': mountedFlag({ host: '/proc' }),
    'path.sysfs': mountedFlag({ host: '/sys' }),
    'path.udev.data': mountedFlag({ host: '/run/udev/data' }),
    'collector.filesystem.mount-points-exclude': { takes: regex },
    'collector.netdev.device-exclude': { takes: regex },
    'collector.netclass.ignored-devices': { takes: regex },
  },
  memoryLimit: 'variable',
};
