/** Preloaded into every measured process: prints what it has used when it ends. */
import { readFileSync, writeSync } from 'node:fs';

const started = performance.now();

// Linux counts the parent's pages in a child's maxRSS; VmHWM starts anew with the program.
const peakKilobytes = (): number => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
};

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1000;
  writeSync(1, `${JSON.stringify({ started, cpu, memory: peakKilobytes() / 1024 })}\n`);
});
