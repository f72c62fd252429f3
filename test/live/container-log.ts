import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The place of a container, as in the path of its files. */
export interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  /** @default 0 */
  readonly restarts?: number;
}

/** The files of the output of a container, as a container runtime and the kubelet write them. */
export interface ContainerLog {
  readonly path: string;
  /** Appends lines in containerd's format. */
  write(...lines: string[]): void;
  /** Appends text as it is. */
  append(text: string): void;
  /**
   * Renames the file, and compresses the one renamed before, as the kubelet does.
   * https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/kubelet/logs/container_log_manager.go
   */
  rotate(): void;
}

let clock = 0;

/** A line of containerd, with a time that no other line has. */
export const criLine = (text: string, tag: 'F' | 'P' = 'F', stream = 'stdout'): string => {
  clock += 1;
  const time = new Date().toISOString().replace('Z', `${`${clock}`.padStart(6, '0').slice(-6)}Z`);
  return `${time} ${stream} ${tag} ${text}\n`;
};

/** Creates the folder of a container below `/var/log/pods`. */
export const containerLog = (
  pods: string,
  { namespace, pod, uid, container, restarts = 0 }: ContainerPlace,
): ContainerLog => {
  const folder = join(pods, `${namespace}_${pod}_${uid}`, container);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${restarts}.log`);
  const rotated: string[] = [];
  const append = (text: string): void => appendFileSync(path, text);
  return {
    path,
    append,
    write: (...lines) => append(lines.map((line) => criLine(line)).join('')),
    rotate: () => {
      const before = rotated.at(-1);
      if (before !== undefined) {
        writeFileSync(`${before}.tmp`, gzipSync(readFileSync(before)));
        renameSync(`${before}.tmp`, `${before}.gz`);
        rmSync(before);
      }
      const number = `${rotated.length}`.padStart(6, '0');
      rotated.push(`${path}.20261130-${number}`);
      renameSync(path, rotated.at(-1)!);
    },
  };
};
