import { suggest } from '../model/suggestion.js';
import { type AddCommand, examples, exitCodes, repeated, UsageError } from './command.js';

interface Options {
  readonly environment?: readonly string[];
  readonly json?: true;
}

/** `crowsnest images`: the images of the manifests, and the lock file with their digests. */
export const images: AddCommand = (program, runtime) => {
  const command = program
    .command('images')
    .description('List the images of the manifests; lock and verify their digests.')
    // Only for the suggestion: a command with an action takes every word as an argument.
    .argument('[word]')
    .usage('[options] [command]')
    .option('-e, --environment <name>', 'only this environment; can be repeated', repeated)
    .option(
      '--json',
      'write a list of objects with the image, and its origin and digest if it has them',
    )
    .addHelpText(
      'after',
      `${examples('images', 'images lock', 'images verify')}
With an imageMirror, each line has the image in the mirror and, after a tab, its origin.`,
    )
    .action(async (word: string | undefined, options: Options) => {
      if (word !== undefined) {
        const suggestion = suggest(word, ['lock', 'verify']);
        throw new UsageError(
          `Unknown command 'images ${word}'. Use images, images lock or images verify.${suggestion ? ` Did you mean '${suggestion}'?` : ''}`,
        );
      }
      const { listImages } = await import('./images/list.js');
      if (!(await listImages(options, runtime))) process.exitCode = exitCodes.findings;
    });
  command
    .command('lock')
    .description('Write images.lock with the digest of each image, from its registry.')
    .addHelpText(
      'after',
      `${examples('images lock')}
With images.lock, the manifests have tag and digest. Logins come from the configuration of Docker.`,
    )
    .action(async () => {
      const { lockImages } = await import('./images/lock.js');
      if (!(await lockImages(runtime))) process.exitCode = exitCodes.findings;
    });
  command
    .command('verify')
    .description(
      'Report tags whose image in the registry has changed since images.lock was written.',
    )
    .addHelpText('after', examples('images verify'))
    .action(async () => {
      const { verifyImages } = await import('./images/verify.js');
      if (!(await verifyImages(runtime))) process.exitCode = exitCodes.findings;
    });
};
