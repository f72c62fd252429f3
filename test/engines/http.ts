import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** The status of a GET, or an error code such as `ECONNREFUSED` without an answer. */
export function httpStatus(url: string, timeoutMilliseconds: number): Promise<number | string> {
  return new Promise((done) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const answered = (response: { statusCode?: number; resume(): unknown }) => {
      response.resume();
      done(response.statusCode ?? 'no status');
    };
    // An engine creates its own certificate at its start, so it cannot be verified.
    const request = url.startsWith('https:')
      ? requestHttps(url, { signal, agent: false, rejectUnauthorized: false }, answered)
      : requestHttp(url, { signal, agent: false }, answered);
    request.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    request.end();
  });
}
