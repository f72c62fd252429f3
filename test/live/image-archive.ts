import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { arch } from 'node:process';

/** An image of one static binary, with the reference of a published image. */
export interface StaticImage {
  /** The reference by which it is pulled. */
  readonly reference: string;
  readonly binary: string;
  /** The path of the binary in the image, which is also its entrypoint. */
  readonly entrypoint: string;
  /** Other paths of the binary, without a leading slash. @default - none */
  readonly alsoAt?: readonly string[];
  /** @default - none */
  readonly arguments?: readonly string[];
  /** Numeric, as `user:group`. @default - root */
  readonly user?: string;
}

/** Writes images as an OCI layout in a tar file, for `ctr images import`, and returns its path. */
export const writeImageArchive = async (
  folder: string,
  images: readonly StaticImage[],
): Promise<string> => {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const manifests = [];
  for (const image of images) {
    const layer = await layerOf(image, blobs);
    const config = writeBlob(blobs, configOf(image, layer.digest));
    const manifest = writeBlob(blobs, {
      schemaVersion: 2,
      mediaType: types.manifest,
      config: { mediaType: types.config, ...config },
      layers: [{ mediaType: types.layer, ...layer }],
    });
    manifests.push({
      mediaType: types.manifest,
      ...manifest,
      annotations: { 'io.containerd.image.name': image.reference },
    });
  }
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const index = { schemaVersion: 2, mediaType: types.index, manifests };
  writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
  const archive = join(folder, 'images.tar');
  const parts = ['oci-layout', 'index.json', 'blobs'];
  execFileSync('tar', ['--create', `--file=${archive}`, `--directory=${folder}`, ...parts]);
  return archive;
};

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
};

interface Blob {
  readonly digest: string;
  readonly size: number;
}

const configOf = ({ entrypoint, user, arguments: args }: StaticImage, diffId: string) => ({
  architecture: arch === 'x64' ? 'amd64' : arch,
  os: 'linux',
  config: { User: user ?? '0:0', Entrypoint: [entrypoint], ...(args && { Cmd: args }) },
  rootfs: { type: 'layers', diff_ids: [diffId] },
});

/** Packs the binary at the path of the entrypoint, and at the others. */
const layerOf = async (
  { binary, entrypoint, alsoAt = [] }: StaticImage,
  blobs: string,
): Promise<Blob> => {
  const path = join(blobs, 'unnamed');
  for (const [index, target] of [entrypoint.slice(1), ...alsoAt].entries()) {
    execFileSync('tar', [
      ...[index === 0 ? '--create' : '--append', '--dereference', `--file=${path}`],
      ...['--owner=0', '--group=0', '--numeric-owner', `--transform=s,.*,${target},`],
      ...[`--directory=${dirname(binary)}`, basename(binary)],
    ]);
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const digest = hash.digest('hex');
  const { size } = statSync(path);
  renameSync(path, join(blobs, digest));
  return { digest: `sha256:${digest}`, size };
};

const writeBlob = (blobs: string, value: object): Blob => {
  const text = JSON.stringify(value);
  const digest = createHash('sha256').update(text).digest('hex');
  writeFileSync(join(blobs, digest), text);
  return { digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
};
