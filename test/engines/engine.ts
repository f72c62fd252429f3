/**
 * A real engine for the live tests, built from its Go module. Each is a folder here: this
 * description as the default export of `engine.ts`, and a `go.mod` and `go.sum` made with
 * `go mod init crowsnest.test/<name>`, `go get -tool <package>@<version>` and `go mod tidy`.
 */
export interface EngineDescription {
  /** The release as its image tag states it, without a leading `v`. */
  readonly version: string;
  /** The Go module, which the `go.mod` beside the description pins. */
  readonly module: string;
  /**
   * The module's own version.
   * @default `v` and the release
   */
  readonly moduleVersion?: string;
  /**
   * The setting of the environment, such as `KUBERNETES=oldest`, by which it takes the place of the
   * engine with the same binaries; `npm run engines` builds it then, or by its name.
   * @default - always
   */
  readonly onDemand?: string;
  /** The Go package of each binary, by the binary's name. */
  readonly binaries: Readonly<Record<string, string>>;
  /** The Go variable that holds the release: a build from a module leaves it empty. */
  readonly versionVariable: string;
  /**
   * What the variable holds before the release.
   * @default nothing
   */
  readonly versionPrefix?: 'v';
  /**
   * The arguments that make a binary print its release, by the binary's name where they differ.
   * @default `['--version']`
   */
  readonly versionArguments?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /**
   * Go build tags.
   * @default none
   */
  readonly tags?: readonly string[];
  /**
   * Files that the code embeds and the module lacks: their text, by their path in the module.
   * @default none
   */
  readonly missingFiles?: Readonly<Record<string, string>>;
}

/** A description with what its folder says. */
export interface Engine extends EngineDescription {
  /** The name of its folder, which `npm run engines` takes. */
  readonly name: string;
  /** Where its `go.mod` is. */
  readonly folder: string;
}

/** Something that the person at the terminal can mend: the message is all that is shown. */
export class EngineError extends Error {}
