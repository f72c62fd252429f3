import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** The status of a GET, or a word such as `ECONNREFUSED` where there was no answer. */
export function httpStatus(url: string, timeoutMilliseconds: number): Promise<number | string> {
  return new Promise((done) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const answered = (response: { statusCode?: number; resume(): unknown }) => {
      response.resume();
      done(response.statusCode ?? 'no status');
    };
    // An engine's own certificate is made at its start: there is nothing to verify it by.
    const request = url.startsWith('https:')
      ? requestHttps(url, { signal, agent: false, rejectUnauthorized: false }, answered)
      : requestHttp(url, { signal, agent: false }, answered);
    request.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    request.end();
  });
}
