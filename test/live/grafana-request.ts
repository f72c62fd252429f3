import type { Machine } from './node-machine.js';

/** A request to Grafana's API. */
export interface Request {
  /** @default GET, or POST with a body */
  readonly method?: string;
  readonly path: string;
  readonly body?: object;
  /** @default the login of all requests */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of Grafana's API. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON, or the text if it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: it differs by path
  readonly body: any;
  readonly cookies: readonly string[];
}

/** Sends requests in a machine, in order, with the login unless a request has headers. */
export const askInside = async (
  machine: Machine,
  url: string,
  requests: readonly Request[],
  login: { readonly user: string; readonly password: string },
): Promise<Answer[]> => {
  const basic = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  const authorization = `Basic ${basic}`;
  const input = JSON.stringify(
    requests.map(({ headers = { authorization }, ...rest }) => ({ ...rest, headers })),
  );
  return JSON.parse(await machine.run([process.execPath, '-e', askEach, url], { input }));
};

const askEach = `
const { text } = require('node:stream/consumers');
const [, url] = process.argv;
const decode = (one) => { try { return JSON.parse(one); } catch { return one; } };
const ask = async ({ path, body, method = body ? 'POST' : 'GET', headers }) => {
  const answer = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
    redirect: 'manual',
  });
  return { status: answer.status, body: decode(await answer.text()), cookies: answer.headers.getSetCookie() };
};
text(process.stdin).then(async (input) => {
  const answers = [];
  for (const one of JSON.parse(input)) answers.push(await ask(one));
  process.stdout.write(JSON.stringify(answers));
});
`;
