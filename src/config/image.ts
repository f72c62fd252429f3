/** Properties of an image that the manifests rely on, from its Dockerfile at that tag. */
export interface Image {
  readonly repository: string;
  readonly tag: string;
  /** Numeric: the kubelet rejects `runAsNonRoot` with a user name. */
  readonly user: number;
  readonly group: number;
  /** This and the next two are set for our images. */
  readonly entrypoint?: string;
  /** Whether the image has a shell for an init container. */
  readonly shell?: boolean;
  readonly dockerfile?: string;
}

/** The version of the program in an image: the tag without a leading `v` and a variant. */
export const imageVersion = ({ tag }: Pick<Image, 'tag'>): string | undefined =>
  /^v?(\d+\.\d+\.\d+)/.exec(tag)?.[1];

/** The image reference, with the registry mirror of the environment. */
export const imageReference = ({ repository, tag }: Image, mirror?: string): string => {
  if (mirror === undefined) return `${repository}:${tag}`;
  return `${mirror}/${repository.slice(repository.indexOf('/') + 1)}:${tag}`;
};
