import { z } from 'zod';
import { clientPort, type Endpoint } from '../../model/endpoint.js';
import { clusterCaPath, secretPath, tokenPath } from '../../model/identity.js';
import { headersOf } from '../../model/offer.js';
import type { SecretReference } from '../../model/prerequisite.js';
import type { Outgoing } from '../../model/wiring.js';
import { goDuration, path, text } from '../../schema/format.js';
import { count, sizer } from './fields.js';

const queue = z
  .strictObject({
    storage: text.optional(),
    sizer,
    queue_size: count,
    num_consumers: count.optional(),
    block_on_overflow: z.boolean().optional(),
    batch: z.strictObject({
      sizer: z.enum(['items', 'bytes']),
      flush_timeout: goDuration,
      min_size: z.int().min(0),
      max_size: count,
    }),
  })
  // https://github.com/open-telemetry/opentelemetry-collector/blob/v0.159.0/exporter/exporterhelper/internal/queuebatch/config.go
  .superRefine((value, context) => {
    const { batch } = value;
    const fault = (at: string, message: string, input: unknown): void =>
      context.addIssue({ code: 'custom', path: ['batch', at], message, input });
    if (batch.max_size < batch.min_size)
      fault('max_size', `at least min_size, ${batch.min_size}`, batch.max_size);
    if (batch.sizer === value.sizer && batch.min_size > value.queue_size)
      fault('min_size', `at most queue_size, ${value.queue_size}`, batch.min_size);
  });

/** An exporter by OTLP. The schema of a file also checks that the endpoint fits the protocol. */
export const otlpExporter = z.strictObject({
  endpoint: text,
  tls: z.strictObject({
    insecure: z.boolean(),
    insecure_skip_verify: z.boolean().optional(),
    ca_file: path.optional(),
    server_name_override: text.optional(),
  }),
  headers: z.record(text, text).optional(),
  auth: z.strictObject({ authenticator: text }).optional(),
  sending_queue: queue,
  retry_on_failure: z.strictObject({
    enabled: z.boolean(),
    initial_interval: goDuration,
    max_interval: goDuration,
    max_elapsed_time: goDuration,
  }),
});

/** The name of an exporter by OTLP. */
export const exporterName = z
  .string({ error: "'otlp_grpc' or 'otlp_http', with a name after a slash if need be" })
  .regex(/^otlp_(grpc|http)(\/[\w-]+)?$/);

export type OtlpExporter = z.input<typeof otlpExporter>;

/** The extension that adds a token to each request; it reads its file again after a change. */
export const tokenExtension = z.strictObject({
  filename: path,
  header: text.optional(),
  scheme: z.string().optional(),
});

/** The extension that adds a user name and a password. */
export const passwordExtension = z.strictObject({
  client_auth: z.strictObject({ username: text, password_file: path }),
});

/** A header whose value is a key of a Secret. */
export interface SecretHeader {
  readonly name: string;
  readonly value: SecretReference;
}

/** How an exporter reaches its receiver. */
export interface OtlpClient {
  /** The type of the exporter. */
  readonly type: 'otlp_grpc' | 'otlp_http';
  readonly exporter: Pick<OtlpExporter, 'endpoint' | 'tls' | 'headers' | 'auth'>;
  readonly extensions: Readonly<
    Record<string, z.input<typeof tokenExtension> | z.input<typeof passwordExtension>>
  >;
}

/** The protocol of an offer of `traces`, unless it has another variant. @default 'grpc' */
export type OtlpProtocol = 'grpc' | 'http';

/**
 * How an exporter reaches the provider of a connection: address, TLS, and the extension `…/name` with which it
 * authenticates. Undefined if the host is not known.
 */
export const otlpClient = (
  { url, endpoint, offer }: Outgoing,
  name: string,
  protocol: OtlpProtocol = 'grpc',
  header?: SecretHeader,
): OtlpClient | undefined => {
  if (url === undefined) return undefined;
  const { hostname, pathname } = new URL(url);
  // The parser of URLs leaves out the default port of a scheme, which an exporter needs.
  const authority = `${hostname}:${clientPort(endpoint)}`;
  const isSecure = endpoint.scheme === 'https';
  const extensions = authenticators(endpoint, name, header);
  const headers = Object.entries(headersOf(offer));
  const [authenticator] = Object.keys(extensions);
  return {
    type: `otlp_${protocol}`,
    exporter: {
      endpoint:
        protocol === 'grpc'
          ? authority
          : `${isSecure ? 'https' : 'http'}://${authority}${pathname.replace(/\/$/, '')}`,
      tls: isSecure ? { insecure: false, ...verification(endpoint) } : { insecure: true },
      ...(headers.length > 0 && {
        // The collector reads a dollar sign as the begin of a variable, unless it is doubled.
        headers: Object.fromEntries(
          headers.map(([key, value]) => [key, value.replaceAll('$', '$$$$')]),
        ),
      }),
      ...(authenticator && { auth: { authenticator } }),
    },
    extensions,
  };
};

const verification = ({
  verification: one = { kind: 'cluster-ca' },
}: Endpoint): Partial<OtlpExporter['tls']> => {
  switch (one.kind) {
    case 'cluster-ca':
      return {
        ca_file: clusterCaPath,
        ...(one.serverName && { server_name_override: one.serverName }),
      };
    case 'public-ca':
      return {};
    case 'unverified':
      return { insecure_skip_verify: true };
  }
};

const authenticators = (
  { authentication }: Endpoint,
  name: string,
  header?: SecretHeader,
): OtlpClient['extensions'] => {
  const token = (settings: z.input<typeof tokenExtension>) => ({
    [`bearertokenauth/${name}`]: settings,
  });
  switch (authentication?.kind) {
    case 'bearer':
      return token({ filename: secretPath(authentication.token) });
    case 'token':
      return token({ filename: tokenPath(authentication.audience) });
    case 'basic': {
      const { username, password } = authentication;
      const client_auth = { username, password_file: secretPath(password) };
      return { [`basicauth/${name}`]: { client_auth } };
    }
    default:
      // The whole value of the header is in the file.
      return header
        ? token({ filename: secretPath(header.value), header: header.name, scheme: '' })
        : {};
  }
};
