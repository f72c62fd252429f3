/** From where a file of a project imports. */
export interface Library {
  readonly index: string;
  readonly grafana: string;
  readonly alertGroup: string;
}

/** In a user's own repository, everything is in the package. */
export const packageLibrary: Library = {
  index: 'crowsnest',
  grafana: 'crowsnest',
  alertGroup: 'crowsnest',
};

/** In a clone. */
export const cloneLibrary: Library = {
  index: '../src/index.js',
  grafana: '../src/content/grafana.js',
  alertGroup: '../src/content/alert-group.js',
};
