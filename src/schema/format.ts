import { z } from 'zod';
import { regexFault } from '../promql/regex.js';
import { addressText, isNumber } from './private-host.js';

// The text of each completes the sentence "Set it to …".

/** A duration of Prometheus and Alertmanager: units from large to small, each at most once. */
export const duration = z
  .string({ error: "a duration such as '30s', '5m' or '1h30m'" })
  .regex(/^(?!$)(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/);

export const positiveDuration = z
  .string({ error: "a duration above zero such as '30s' or '1m'" })
  .regex(/[1-9]/)
  .refine((value) => duration.safeParse(value).success);

/** A Go duration. */
export const goDuration = z
  .string({ error: "a duration such as '30s', '5m' or '1h30m'" })
  .regex(/^-?(0|(\d+(\.\d+)?(h|m|s|ms|us|ns))+)$/);

/**
 * A size in bytes in Prometheus's notation: `512MB` and `512MiB` are both powers of two.
 * https://github.com/alecthomas/units/blob/v0.0.0-20240927000941-0f3dac36c52b/bytes.go
 */
export const size = z
  .string({ error: "a size such as '512MB'" })
  .regex(/^\+?(0|((\d+\.?\d*|\.\d+)(B|[KMGTPE]iB))+|((\d+\.?\d*|\.\d+)[KMGTPE]?B)+)$/);

export const regex = z
  .string({ error: 'a regular expression in RE2 syntax, without look-around and back-references' })
  .refine((pattern) => regexFault(pattern) === undefined);

export const labelName = z
  .string({ error: "a label name such as 'namespace'" })
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/);

/**
 * A text for which a number or a boolean counts as its text, as Go reads YAML: `regex: true`, `replacement: 1`.
 * https://github.com/yaml/go-yaml/blob/v2.4.3/decode.go
 */
export const asText = <T extends z.ZodType>(schema: T): T =>
  schema instanceof z.ZodString
    ? (z.preprocess(
        (value) => (['number', 'boolean'].includes(typeof value) ? `${value}` : value),
        schema,
      ) as unknown as T)
    : schema;

export const text = z.string().min(1);

export const url = z
  .string({ error: 'a URL with http:// or https://' })
  .regex(/^https?:\/\/[^\s/$.?#][^\s]*$/)
  .refine((value) => !isNumber(value), { error: `a URL with ${addressText}` });

/** An absolute path in the container. */
export const path = z.string({ error: "an absolute path such as '/etc/x/y.yml'" }).regex(/^\/\S+$/);

/** An address to listen on: `host:port`, or `:port` for all addresses. */
export const listenAddress = z
  .string({ error: "a listen address such as ':4317' or '0.0.0.0:4317'" })
  .regex(/^(0\.0\.0\.0|127\.0\.0\.1|\[::1?\])?:([1-9]\d{0,4})$/);

export const port = z.int().min(1).max(65535);
