/**
 * A real engine for the live tests, built from its Go module. Each is a folder here: this
 * description is the default export of `engine.ts`, and its `go.mod` and `go.sum` are created with
 * `go mod init crowsnest.test/<name>`, `go get -tool <package>@<version>` and `go mod tidy`.
 */
export interface EngineDescription {
  /** The release in its image tag, without a leading `v`. */
  readonly version: string;
  /** The Go module, whose version is in the `go.mod` next to the description. */
  readonly module: string;
  /**
   * The version of the module.
   * @default `v` and the release
   */
  readonly moduleVersion?: string;
  /**
   * The environment variable, such as `KUBERNETES=oldest`, with which it replaces the engine with
   * the same binaries. `npx tsx tools/engines.ts` then builds it; otherwise only by its name.
   * @default - always
   */
  readonly onDemand?: string;
  /** The Go package of each binary, by the name of the binary. */
  readonly binaries: Readonly<Record<string, string>>;
  /** The Go variable with the release: a build from a module leaves it empty. */
  readonly versionVariable: string;
  /**
   * The prefix of the release in the variable.
   * @default none
   */
  readonly versionPrefix?: 'v';
  /**
   * The arguments with which a binary prints its release, by the name of the binary if they differ.
   * @default `['--version']`
   */
  readonly versionArguments?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /**
   * Go build tags.
   * @default none
   */
  readonly tags?: readonly string[];
  /**
   * Files that the code embeds and the module does not have: their text, by their path in the
   * module.
   * @default none
   */
  readonly missingFiles?: Readonly<Record<string, string>>;
}

/** A description with facts from its folder. */
export interface Engine extends EngineDescription {
  /** The name of its folder, which is an argument of `npx tsx tools/engines.ts`. */
  readonly name: string;
  /** The folder of its `go.mod`. */
  readonly folder: string;
}

/** An error that the user can fix: only its message is shown. */
export class EngineError extends Error {}
