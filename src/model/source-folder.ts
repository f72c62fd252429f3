/** The folder `src` of the sources or the compiled files, which also contains the data files. */
export const sourceFolder = new URL(import.meta.url.replace(/(?<=\/src\/)(?!.*\/src\/).*/, ''));
