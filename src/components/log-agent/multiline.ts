import { z } from 'zod';
import { dnsLabel } from '../../config/fields.js';
import { regex } from '../../schema/format.js';

/** Containers whose messages have several lines, and how their first line looks. */
export const multiline = z
  .strictObject({
    /** Namespace of the pods. @default - all */
    namespace: dnsLabel.optional(),
    /** Regular expression for the whole name of a pod, such as `web-.*`. @default - all */
    pod: regex.optional(),
    /** Regular expression for the whole name of a container. @default - all */
    container: regex.optional(),
    /** Regular expression for the begin of a first line, such as `\d{4}-\d{2}-\d{2}`; other lines belong to the message before. */
    firstLine: regex,
  })
  .refine(
    (one) => one.namespace !== undefined || one.pod !== undefined || one.container !== undefined,
    {
      error: 'an object with namespace, pod or container besides firstLine',
    },
  );

export type Multiline = z.output<typeof multiline>;

// The collector reads a dollar sign in its configuration as the begin of a variable, unless it is doubled.
const quote = (text: string): string => JSON.stringify(text).replaceAll('$', '$$$$');
const attribute = (name: string): string => `resource[${quote(`k8s.${name}.name`)}]`;
const whole = (pattern: string): string => quote(`^(?:${pattern})$`);

/** An expression of expr-lang that is true for the lines of these containers. */
const isOf = ({ namespace, pod, container }: Multiline): string =>
  [
    ...(namespace === undefined ? [] : [`${attribute('namespace')} == ${quote(namespace)}`]),
    ...(pod === undefined ? [] : [`${attribute('pod')} matches ${whole(pod)}`]),
    ...(container === undefined ? [] : [`${attribute('container')} matches ${whole(container)}`]),
  ].join(' and ');

/** How long the last message of a file waits for further lines. */
export const lastMessageWait = '5s';

/** The operators that join lines: the first entry that matches a container applies to it. */
export const joining = (entries: readonly Multiline[]) =>
  entries.map((one, index) => ({
    type: 'recombine' as const,
    id: `multiline-${index + 1}`,
    // Lines whose path could not be read have no name.
    if: [
      `${attribute('pod')} != nil`,
      `(${isOf(one)})`,
      ...entries.slice(0, index).map((other) => `not (${isOf(other)})`),
    ].join(' and '),
    combine_field: 'body' as const,
    combine_with: '\n' as const,
    is_first_entry: `body matches ${quote(`^(?:${one.firstLine})`)}`,
    source_identifier: 'attributes["log.file.path"]' as const,
    max_log_size: 1024 ** 2,
    max_batch_size: 1000,
    force_flush_period: lastMessageWait,
    on_error: 'send_quiet' as const,
  }));
