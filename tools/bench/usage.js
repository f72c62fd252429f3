// @ts-check
/** Preloaded into every measured process: prints its resource usage when it ends. */
import { readFileSync, writeSync } from 'node:fs';

const started = performance.now();

/**
 * The usage of another process: that of esbuild, which compiles, still runs at the end.
 *
 * @param {string} id
 */
const usageOf = (id) => {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  // Fields follow the name in brackets; times are in ticks of 10 ms.
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * 10,
    // On Linux, maxRSS of a child includes pages of the parent; VmHWM does not.
    memory: Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024,
  };
};

/** Without /proc, only the usage of this process. */
const usage = () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1000;
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').match(/\d+/g);
    const others = (children ?? []).map(usageOf);
    return {
      cpu: others.reduce((sum, one) => sum + one.cpu, cpu),
      memory: others.reduce((sum, one) => sum + one.memory, usageOf('self').memory),
    };
  } catch {
    return { cpu, memory: maxRSS / 1024 };
  }
};

process.on('exit', () => {
  writeSync(1, `${JSON.stringify({ started, ...usage() })}\n`);
});
