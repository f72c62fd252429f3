// The last words of names under which a credential stands. A key alone is none: labels have keys.
const ends =
  /(?:^|_)(?:password|passwd|pwd|pass|passphrase|secret|token|credentials?|bearer|api_?key|(?:secret|private|access|routing|service|signing|encryption|encrypt|auth|integration|master|shared|account|admin|hmac|session|cookie|client|license|ssh|rsa|user)_key|(?:bot|access|refresh)_?token|slack_api_url|webhook_url)$/;

/** Whether a credential would stand under a name, such as `adminPassword` or `X_API_KEY`. */
export const isCredentialName = (name: string): boolean =>
  mayNameCredential(name) && ends.test(words(name));

/** The words of a name, small and joined by `_`, however it is written. */
const words = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_+$/, '')
    .toLowerCase();

/** Whether a text has a word at all that could be the end of such a name; cheap. */
export const mayNameCredential = (text: string): boolean =>
  /pass|pwd|secret|token|credential|bearer|key|api_url|webhook_url/i.test(text);

/** Whether a value is the credential itself, and not where it is found, or a setting. */
export const isLiteral = (value: string): boolean => {
  const text = value.trim();
  return !(
    text === '' ||
    /^(?:true|false|yes|no|on|off|null|none|nil|undefined|~|\[\]|\{\})$/i.test(text) ||
    // A path, with what a URL or a flag may put before it.
    /^(?:file:\/\/)?(?:~|\.{1,2})?\/[\w./@{}$()-]*$/.test(text) ||
    /^(?:\$__\w+\{[^}]*\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|\$?\{\{[^}]*\}\}|%\([^)]*\)s)$/.test(
      text,
    ) ||
    /^(?:<[^>]*>|\*+|\[REDACTED\])$/.test(text)
  );
};

/** The beginning of a value, never all of it. */
export const masked = (value: string): string =>
  `${value.slice(0, Math.min(4, Math.floor(value.length / 2)))}…`;
