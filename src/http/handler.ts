/** A route's handler, typed by the contract: what it is given has been checked, what it returns is checked again. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CheckedBody, CheckedQuery, Params, Reply, RouteKey, Routes } from '../contract/routes.ts';
import type { SignedIn } from './auth.ts';

/** Bytes instead of JSON. */
export type FileReply = {
  status?: 200 | 206 | 416;
  type: string;
  headers?: Record<string, string>;
  body: Buffer | string | NodeJS.ReadableStream;
};

export type Call<K extends RouteKey> = {
  params: Params<K>;
  query: CheckedQuery<K>;
  body: CheckedBody<K>;
  /** Who asks; public routes may be asked by nobody. */
  viewer: Routes[K]['right'] extends 'public' ? SignedIn | null : SignedIn;
  request: FastifyRequest;
  reply: FastifyReply;
};

export type Handler<K extends RouteKey> = (
  call: Call<K>,
) => Promise<Routes[K]['reply'] extends 'bytes' ? FileReply : Reply<K>>;

export type Handlers<K extends RouteKey = RouteKey> = { [Key in K]: Handler<Key> };
