import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Metrics } from './metrics.js';

/** Answers `GET /metrics` and nothing else: whoever reaches this port may read, so nothing personal is in any label. */
export const metricsListener =
  (metrics: Metrics): RequestListener =>
  (request, response) => {
    void answer(metrics, request, response).catch((error: unknown) => {
      sendText(response, 500, `The metrics could not be collected: ${String(error)}\n`);
    });
  };

async function answer(metrics: Metrics, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url?.split('?')[0] !== '/metrics') return sendText(response, 404, 'There is nothing here but GET /metrics\n');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendText(response, 405, 'Metrics can only be read: GET /metrics\n');
  }
  const text = await metrics.scrape();
  response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}
