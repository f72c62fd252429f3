/** The folder of the sources, or of what was compiled of them: data files are read from there. */
export const sourceFolder = new URL('..', import.meta.url);
