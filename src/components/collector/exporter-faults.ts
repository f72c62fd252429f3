import { z } from 'zod';
import { url } from '../../schema/format.js';
import type { OtlpExporter } from './otlp-exporter.js';

const authority = z
  .string({ error: 'a host and a port such as jaeger.crowsnest.svc:4317' })
  .regex(/^[^/\s]+:\d+$/);

interface Sender {
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Those by OTLP, and others, which have no address. */
  readonly exporters: Readonly<Record<string, OtlpExporter | object>>;
}

/** Reports addresses that do not fit the protocol of an exporter, and logins without an extension. */
export const exporterFaults = (
  { extensions, exporters }: Sender,
  context: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  for (const [name, exporter] of Object.entries(exporters)) {
    if (!('endpoint' in exporter)) continue;
    const { endpoint: input, auth } = exporter;
    const { error } = (name.startsWith('otlp_http') ? url : authority).safeParse(input);
    if (error) {
      const message = error.issues[0]!.message;
      context.addIssue({ code: 'custom', path: ['exporters', name, 'endpoint'], message, input });
    }
    const values = Object.keys(extensions);
    if (!auth || values.includes(auth.authenticator)) continue;
    context.addIssue({
      code: 'invalid_value',
      path: ['exporters', name, 'auth', 'authenticator'],
      values,
      input: auth.authenticator,
    });
  }
};
