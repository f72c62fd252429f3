import type * as client from '@kubernetes/client-node';
import { connectionTo, Unreachable } from '../../cluster/connection.js';
import { compareLive } from '../../diff/live/compare-live.js';
import { NotAllowed } from '../../diff/live/request.js';
import type { Manifest } from '../../model/manifest.js';
import { type Runtime, UsageError } from '../command.js';
import type { Comparison } from './format.js';

/** Compares manifests with what runs in the cluster of a context of the kubeconfig. */
export const compareWithCluster = async (
  environment: string,
  manifests: readonly Manifest[],
  context: string | undefined,
  { importPackage }: Pick<Runtime, 'importPackage'>,
): Promise<Comparison> => {
  try {
    const library = (await importPackage('@kubernetes/client-node')) as typeof client;
    const { send, server, ...connection } = connectionTo(library, context);
    process.stderr.write(`Comparing with the context ${connection.context} (${server}).\n`);
    const { unlisted, ...comparison } = await compareLive(
      manifests.map(({ object }) => object),
      async (request) => {
        const { status, body } = await send(request);
        return { status, body: parsed(body) };
      },
    );
    if (unlisted.length > 0) {
      process.stderr.write(
        `Objects that no manifest has are not known of these kinds, which may not be listed: ${unlisted.join(', ')}.\n`,
      );
    }
    return { environment, ...comparison };
  } catch (error) {
    if (error instanceof Unreachable) throw new UsageError(error.message);
    if (!(error instanceof NotAllowed)) throw error;
    throw new UsageError(
      `The cluster does not allow the comparison, which needs get and patch (for a dry run): ${error.message}`,
    );
  }
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return { message: body };
  }
};
