/** Why the system cannot read or write a file, in words. https://man7.org/linux/man-pages/man3/errno.3.html */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'you do not have the permission',
  EPERM: 'you do not have the permission',
  EISDIR: 'it is a folder',
  EEXIST: 'a file or a folder with this name exists',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'it is a link that leads back to itself',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EMFILE: 'too many files are open',
};

/** Why a file cannot be read or written; undefined if the error is not one of the file system. */
export const fileErrorOf = (error: unknown): string | undefined => {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException;
  return syscall === undefined || code === undefined ? undefined : (reasons[code] ?? code);
};
