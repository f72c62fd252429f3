/**
 * Whether a value has the form of a sealed one: the length of the encrypted session key in two bytes, the key, and the
 * encrypted text with its tag.
 * https://github.com/bitnami-labs/sealed-secrets/blob/v0.40.0/docs/developer/crypto.md
 */
export const isSealed = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length < 2) return false;
  const length = bytes.readUInt16BE(0);
  return length >= 256 && bytes.length >= 2 + length + 16;
};
