// Stands in for the API where the supervisor is tested: ready at once, drains in no time.
import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end('ready')).listen(
  Number(process.env.HANDOFF_API_PORT),
  '127.0.0.1',
);
process.once('SIGTERM', () => server.close());
