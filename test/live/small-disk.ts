import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Whether a test may mount its own file system. */
export const canMount = process.getuid?.() === 0;

/** An ext4 file system with a few mebibytes, at the mount path of an engine's volume. */
export interface Disk {
  /** Writes a file until no block is free. */
  fill(): void;
  /** Removes that file. */
  makeRoom(): void;
  freeBytes(): number;
  /**
   * Mounts the current content of the device at another path, like after a loss of power: without
   * data that the kernel has not written yet.
   */
  afterPowerLoss(path: string): Disk;
  unmount(): void;
}

/** Creates a disk and mounts it; only root can do this. */
export const mountDisk = (path: string, mebibytes: number): Disk => {
  const image = `${path}.ext4`;
  mkdirSync(path, { recursive: true });
  closeSync(openSync(image, 'w'));
  execFileSync('truncate', ['--size', `${mebibytes}M`, image]);
  // No blocks are reserved for root, because the engines run as root here.
  execFileSync('mkfs.ext4', ['-q', '-m', '0', image]);
  return mountImage(image, path);
};

const mountImage = (image: string, path: string): Disk => {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-o', 'loop', image, path]);
  const filler = join(path, 'filler');
  return {
    fill: () => {
      const file = openSync(filler, 'w');
      for (const bytes of [1_048_576, 4096]) writeUntilFull(file, Buffer.alloc(bytes));
      closeSync(file);
    },
    makeRoom: () => rmSync(filler),
    freeBytes: () => {
      const { bavail, bsize } = statfsSync(path);
      return bavail * bsize;
    },
    afterPowerLoss: (elsewhere) => {
      mkdirSync(elsewhere, { recursive: true });
      copyFileSync(image, `${elsewhere}.ext4`);
      return mountImage(`${elsewhere}.ext4`, elsewhere);
    },
    unmount: () => {
      execFileSync('umount', [path]);
      rmSync(image);
    },
  };
};

const writeUntilFull = (file: number, bytes: Buffer): void => {
  try {
    while (writeSync(file, bytes) === bytes.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
};
