const { url } = import.meta;

/** The folder `src` of the sources or the compiled files, which also contains the data files. */
export const sourceFolder = new URL(url.slice(0, url.lastIndexOf('/src/') + '/src/'.length));
