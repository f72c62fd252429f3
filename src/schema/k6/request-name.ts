/** The name of a request in the results: by default its method and its path, without the query. */
export const requestName = ({
  name,
  method,
  path,
}: {
  readonly name?: string | undefined;
  readonly method: string;
  readonly path: string;
}): string => name ?? `${method} ${path.replace(/\?.*$/, '')}`;
