import { memoizeText } from './memoize.js';

/** A format by which a credential is recognized in any text. */
interface Format {
  readonly name: string;
  readonly pattern: string;
  /** Whether only a part of what it matches is the credential: the rest is shown. */
  readonly inContext?: true;
}

const formats: readonly Format[] = [
  { name: 'a private key', pattern: '-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----' },
  { name: 'a private key', pattern: '\\bAGE-SECRET-KEY-1[0-9A-Z]{20,}' },
  { name: 'an access key of AWS', pattern: '\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b' },
  { name: 'a token of GitHub', pattern: '\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bgithub_pat_\\w{20,}' },
  { name: 'a token of GitLab', pattern: '\\bgl(?:pat|dt|ptt|rt|cbt|soat)-[\\w-]{20,}' },
  { name: 'a token of Slack', pattern: '\\bxox[abeoprs]-[\\w-]{10,}|\\bxapp-\\d-[\\w-]{10,}' },
  {
    name: 'a webhook, whose URL is the secret',
    inContext: true,
    pattern:
      'https://(?:hooks\\.slack\\.com/(?:services|workflows|triggers)|discord(?:app)?\\.com/api/webhooks|[\\w.-]+\\.webhook\\.office\\.com/webhookb2|outlook\\.office(?:365)?\\.com/webhook)/[\\w@/-]{8,}',
  },
  {
    name: 'a key of Google',
    pattern: '\\bAIza[\\w-]{35}|\\bya29\\.[\\w-]{20,}|\\bGOCSPX-[\\w-]{20,}',
  },
  { name: 'a token of Grafana', pattern: '\\bgl(?:sa_\\w{20,}|c_eyJ[\\w+/=]{20,})' },
  { name: 'a token of npm', pattern: '\\bnpm_[A-Za-z0-9]{30,}' },
  { name: 'a token of Vault', pattern: '\\bhv[sbr]\\.[\\w-]{20,}' },
  { name: 'a key of Stripe', pattern: '\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}' },
  { name: 'a key of SendGrid', pattern: '\\bSG\\.[\\w-]{16,}\\.[\\w-]{16,}' },
  { name: 'a key of Azure', pattern: '\\bAccountKey=[A-Za-z0-9+/]{40,}=*' },
  { name: 'a token of Telegram', pattern: '\\b\\d{8,10}:AA[\\w-]{33}\\b' },
  { name: 'a JSON Web Token', pattern: '\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}' },
  {
    name: 'the hash of a password',
    pattern:
      '\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}|\\$(?:5|6|y|apr1)\\$[./A-Za-z0-9=,]*\\$?[./A-Za-z0-9]+\\$[./A-Za-z0-9]{20,}|\\$argon2(?:id?|d)\\$[^\\s\'"]{20,}',
  },
  {
    name: 'a password in a URL',
    inContext: true,
    // The pattern starts after the scheme: a pattern that starts with any letter is tried at every letter.
    pattern: '(?<=://)[^\\s/:@\'"`{}<>]*:(?![$<{*])[^\\s/@\'"`{}<>]+@[^\\s\'"]',
  },
  {
    name: 'a credential in the query of a URL',
    inContext: true,
    pattern:
      '[?&](?:(?:access_|auth_|api_?)?token|api_?key|(?:client_)?secret|password|sig)=(?![$<{*%])[^\\s&#\'"`{}<>]{6,}',
  },
  {
    name: 'an authorization header',
    pattern:
      '\\b[Aa]uthorization[\'"]?\\s*[:=]\\s*[\'"]?(?:Basic|Bearer)\\s+(?![$<{*])[\\w+/=.~-]{8,}',
  },
];

// Each format has its own search: one combined pattern takes twice as long.
const searches = formats.map(({ name, pattern }) => ({ name, pattern: new RegExp(pattern) }));

const tokens = formats
  .filter(({ inContext }) => !inContext)
  .map(({ pattern }) => new RegExp(pattern, 'g'));

/** A text with this instead of each token, key and hash of a known format. */
export const replaceTokens = (text: string, by: string): string =>
  tokens.reduce((rest, pattern) => rest.replace(pattern, by), text);

/** All credentials with a known format in a text, in its order. */
export const knownCredentials = (text: string): { name: string; value: string }[] => {
  const found: { name: string; value: string }[] = [];
  let rest = text;
  for (let one = knownCredential(rest); one; one = knownCredential(rest)) {
    found.push(one);
    rest = rest.slice(rest.indexOf(one.value) + one.value.length);
  }
  return found;
};

// Environments share dashboards and most rules, which are most of the text.
/** The first credential with a known format in a text. */
export const knownCredential = memoizeText((text): { name: string; value: string } | undefined => {
  const found = searches.flatMap(({ name, pattern }) => {
    const match = pattern.exec(text);
    return match ? [{ name, value: match[0], index: match.index }] : [];
  });
  return found.sort((a, b) => a.index - b.index)[0];
});
