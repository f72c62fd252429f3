import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes `/proc` and `/sys` of a machine with `cpus` CPUs, two for each physical core, with the
 * files that node-exporter reads for each CPU. Virtual machines often have fewer: no frequencies,
 * no sensors, no scheduler statistics.
 */
export const writeMachine = (folder: string, cpus: number): void => {
  const write = (path: string, text: string | number): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  };
  const all = Array.from({ length: cpus }, (_, cpu) => cpu);
  write('proc/1/limits', 'none');
  write(
    'proc/stat',
    [
      'cpu 10 0 10 100 1 0 1 0 0 0',
      ...all.map((cpu) => `cpu${cpu} 10 0 10 100 1 0 1 0 0 0`),
      'intr 1',
      'ctxt 1',
      'btime 1767225600',
      'processes 1',
      'procs_running 1',
      'procs_blocked 0',
    ].join('\n'),
  );
  write(
    'proc/net/softnet_stat',
    all.map((cpu) => [...Array(12).fill(0), cpu, 0, 0].map(hexadecimal).join(' ')).join('\n'),
  );
  write(
    'proc/schedstat',
    ['version 15', 'timestamp 1', ...all.map((cpu) => `cpu${cpu} 0 0 0 0 0 0 1 1 1`)].join('\n'),
  );
  write('sys/devices/system/cpu/offline', '');
  for (const cpu of all) {
    const at = (path: string, value: string | number) =>
      write(`sys/devices/system/cpu/cpu${cpu}/${path}`, value);
    at('topology/core_id', Math.floor(cpu / 2));
    at('topology/physical_package_id', 0);
    at('thermal_throttle/core_throttle_count', 0);
    at('thermal_throttle/package_throttle_count', 0);
    for (const file of [
      'cpuinfo_cur',
      'cpuinfo_min',
      'cpuinfo_max',
      'scaling_cur',
      'scaling_min',
    ]) {
      at(`cpufreq/${file}_freq`, 2_000_000);
    }
    at('cpufreq/scaling_max_freq', 2_000_000);
    at('cpufreq/cpuinfo_transition_latency', 0);
    at('cpufreq/related_cpus', cpu);
    at('cpufreq/scaling_driver', 'intel_pstate');
    at('cpufreq/scaling_governor', 'powersave');
    at('cpufreq/scaling_available_governors', 'performance powersave');
    at('cpufreq/scaling_setspeed', '<unsupported>');
  }
  write('sys/class/hwmon/hwmon0/name', 'coretemp');
  for (let core = 0; core < cpus / 2; core += 1) {
    const sensor = `sys/class/hwmon/hwmon0/temp${core + 2}`;
    write(`${sensor}_label`, `Core ${core}`);
    for (const part of ['input', 'max', 'crit', 'crit_alarm']) write(`${sensor}_${part}`, 40_000);
  }
};

const hexadecimal = (value: number): string => value.toString(16).padStart(8, '0');
