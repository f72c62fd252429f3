import type { ResolveHook } from 'node:module';

const query = /\?generation=\d+$/;

/** Loads the modules again that a module of a later generation imports, except those of packages. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const [generation] = query.exec(context.parentURL ?? '') ?? [];
  const resolved = await nextResolve(specifier, context);
  const { url } = resolved;
  const isOwn = url.startsWith('file:') && !url.includes('/node_modules/') && !url.includes('?');
  return generation && isOwn ? { ...resolved, url: `${url}${generation}` } : resolved;
};
