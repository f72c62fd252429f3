import type { Login } from './credentials.js';

type Send = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The header that answers the challenge of a registry, with a login if there is one:
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export const authorize = async (
  challenge: string,
  login: Login | undefined,
  send: Send,
): Promise<Record<string, string>> => {
  const basic = login && !login.identityToken && { authorization: `Basic ${encode(login)}` };
  if (/^basic\b/i.test(challenge)) return { ...basic };
  const { realm, ...scope } = Object.fromEntries(
    [...challenge.matchAll(/(realm|service|scope)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value ?? '',
    ]),
  ) as Record<string, string>;
  if (!realm) return {};
  const answer = login?.identityToken
    ? await send(realm, {
        method: 'POST',
        body: new URLSearchParams({
          ...scope,
          grant_type: 'refresh_token',
          client_id: 'crowsnest',
          refresh_token: login.identityToken,
        }),
      })
    : await send(`${realm}?${new URLSearchParams(scope)}`, { headers: { ...basic } });
  // Without a token, the registry answers with its reason.
  if (!answer.ok) return {};
  const { token, access_token } = (await answer.json()) as Record<string, string | undefined>;
  return { authorization: `Bearer ${token ?? access_token}` };
};

const encode = ({ username, password }: Login): string =>
  Buffer.from(`${username}:${password}`).toString('base64');
