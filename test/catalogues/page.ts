import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type Family, parseExposition } from './exposition.js';

/** The address of a metrics page. */
export interface MetricsPage {
  readonly url: string;
  /** A bearer token. @default - none */
  readonly token?: string;
}

// The text formats that Prometheus requests.
const escaping = 'escaping=underscores';
const textFormat = `text/plain;version=1.0.0;${escaping};q=0.9,text/plain;version=0.0.4`;
const openMetrics = `application/openmetrics-text;version=1.0.0;${escaping};q=0.9,${textFormat};q=0.5`;

/** The families of a page. Only OpenMetrics has units, if the server supports it. */
export const readPage = async (page: MetricsPage): Promise<Family[]> => {
  const families = parseExposition(await get(page, textFormat));
  const units = new Map<string, string>();
  for (const { name, unit } of parseExposition(await get(page, openMetrics))) {
    if (unit) units.set(name, unit);
  }
  for (const family of families) {
    family.unit ||= units.get(family.name) ?? units.get(family.name.replace(/_total$/, '')) ?? '';
  }
  return families;
};

/** The text of a page; the certificate of the server is not verified. */
const get = ({ url, token }: MetricsPage, accept: string): Promise<string> =>
  new Promise((done, fail) => {
    const headers = { accept, ...(token && { authorization: `Bearer ${token}` }) };
    const signal = AbortSignal.timeout(60_000);
    const options = { headers, signal, agent: false as const, rejectUnauthorized: false };
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const sent = send(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200) done(text);
        else fail(new Error(`${url}: ${response.statusCode} ${text.slice(0, 200)}`));
      });
    });
    sent.on('error', fail);
    sent.end();
  });
