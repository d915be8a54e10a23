/**
 * The shape of one route: data for the table (who may call it stands there; a later issue makes OpenAPI of it) and one
 * function from a checked call to a reply. Routes never see Express.
 */
import type { z } from 'zod';
import type { KeyRole } from '../domain/access/api-key.js';
import type { Instant } from '../domain/business-time/index.js';
import type { ApiParts } from './parts.js';
import type { Principal } from './principal.js';
import type { Problem } from './problems.js';

export interface Call<Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  /** As Express reads it: a name given twice comes as a list. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The body as it was posted, for comparing it with another one. */
  readonly rawBody: unknown;
  /** Absent where the route needs no key. */
  readonly principal?: Principal;
  readonly idempotencyKey?: string;
  /** Which of these media types the caller would rather have; undefined: none of them. */
  readonly accepts: (mediaTypes: readonly string[]) => string | undefined;
  readonly browser: Browser;
  /** When the API had the whole request. */
  readonly receivedAt: Instant;
}

/** What only pages for people need to know of a request. */
interface Browser {
  /** Path and query as they were asked for. */
  readonly url: string;
  /** Of whoever opened the connection: of a proxy, where one stands before us. */
  readonly address: string;
  /** A form of another site brought the reader here. */
  readonly isFromElsewhere: boolean;
}

export type Content =
  | { readonly kind: 'json'; readonly value: unknown }
  /** JSON text, sent byte for byte. */
  | { readonly kind: 'stored-json'; readonly bytes: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'svg'; readonly svg: string }
  /** Sent piece by piece, as fast as the caller takes them; a caller who leaves ends the making. */
  | { readonly kind: 'stream'; readonly mediaType: string; readonly pieces: AsyncIterable<string> }
  | { readonly kind: 'file'; readonly mediaType: string; readonly bytes: string | Uint8Array };

export interface Reply {
  readonly status: number;
  readonly content: Content;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (status: number, value: unknown, headers?: Reply['headers']): Reply => ({
  status,
  content: { kind: 'json', value },
  ...(headers === undefined ? {} : { headers }),
});

/**
 * `key`: an API key is required; `session`: to have signed in with one, in a browser; `link`: the signed token in the
 * path is; `open`: nothing is, and no lead is shown.
 */
type Access =
  | {
      readonly access: 'key' | 'session';
      /** The roles that may beside `admin`, who may everything. */
      readonly roles: readonly Exclude<KeyRole, 'admin'>[];
    }
  | { readonly access: 'link' | 'open'; readonly roles?: never };

type RouteOutline = Access & {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As Express writes it; parameters begin with a colon. */
  readonly path: string;
  /** One line for the documentation. */
  readonly summary: string;
};

export type Route = RouteOutline & {
  readonly body?: z.ZodType;
  /** A body declared as `application/yaml` is taken as well, as `{ text }`. */
  readonly takesYaml?: true;
  /** One declared as `text/csv` is, as `{ csv }`. */
  readonly takesCsv?: true;
  /** A body as a form of a page sends it, and no other. */
  readonly takesForm?: true;
  readonly handle: (call: Call<unknown>, parts: ApiParts) => Promise<Reply>;
};

type RouteWithBody<Schema extends z.ZodType> = RouteOutline & {
  readonly body: Schema;
  readonly takesYaml?: true;
  /** One declared as `text/csv` is, as `{ csv }`. */
  readonly takesCsv?: true;
  readonly takesForm?: true;
  readonly handle: (call: Call<z.output<Schema>>, parts: ApiParts) => Promise<Reply>;
};

/** A route whose body has been checked against its schema when `handle` gets it. */
export const routeWithBody = <Schema extends z.ZodType>(route: RouteWithBody<Schema>): Route => ({
  ...route,
  handle: (call, parts) => route.handle(call as Call<z.output<Schema>>, parts),
});
