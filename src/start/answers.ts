/** Whether anything answers at a URL. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** How long one look may take, in ms. */
const lookMs = 2_000;

/**
 * True where a GET is answered at all, whatever the status. No key is sent and nothing of the answer is used, so a
 * certificate is not looked at.
 */
export function answers(url: string, signal?: AbortSignal): Promise<boolean> {
  const secure = new URL(url).protocol === 'https:';
  return new Promise((resolve) => {
    const options = {
      agent: false,
      timeout: lookMs,
      ...(signal === undefined ? {} : { signal }),
      ...(secure ? { rejectUnauthorized: false } : {}),
    } as const;
    const request = (secure ? requestHttps : requestHttp)(url, options, (response) => {
      response.destroy();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
    request.end();
  });
}
