import { z } from 'zod';

// The text of each ends the sentence "Set it to …".

/** Prometheus's and Alertmanager's duration: units from large to small, each once. */
export const duration = z
  .string({ error: "a duration such as '30s', '5m' or '1h30m'" })
  .regex(/^(?!$)(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/);

/** Go's duration. */
export const goDuration = z
  .string({ error: "a duration such as '30s', '5m' or '1h30m'" })
  .regex(/^-?(0|(\d+(\.\d+)?(h|m|s|ms|us|ns))+)$/);

/** Prometheus's size in bytes. */
export const size = z.string({ error: "a size such as '512MB'" }).regex(/^\d+(B|[KMGTPE]B)$/);

/** A regular expression of Go's, which has no look-around and no back-references. */
export const regex = z
  .string({ error: 'a regular expression that RE2 knows' })
  .refine((text) => !/\(\?[=!<](?!P?<)|\\[1-9]/.test(text) && compiles(text));

const compiles = (text: string): boolean => {
  try {
    // Go writes named groups and flags as JavaScript does not.
    new RegExp(text.replace(/\(\?P</g, '(?<').replace(/^\(\?[imsU]+\)/, ''));
    return true;
  } catch {
    return false;
  }
};

export const labelName = z
  .string({ error: "a label name such as 'namespace'" })
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/);

export const text = z.string().min(1);

export const url = z
  .string({ error: 'a URL with http:// or https://' })
  .regex(/^https?:\/\/[^\s/$.?#][^\s]*$/);

/** An absolute path in the container. */
export const path = z.string({ error: "an absolute path such as '/etc/x/y.yml'" }).regex(/^\/\S+$/);

/** `host:port` with an address to listen on. */
export const listenAddress = z
  .string({ error: "an address and a port such as '0.0.0.0:4317'" })
  .regex(/^(0\.0\.0\.0|127\.0\.0\.1|\[::1?\]):([1-9]\d{0,4})$/);

export const port = z.int().min(1).max(65535);
