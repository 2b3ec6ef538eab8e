import type { FieldError, Job, paths, Problem as Answer, ProblemCode } from './types';

/** A refusal of the server as it explains itself (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: ProblemCode | 'no_answer' | 'no_connection',
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
  ) {
    super(detail || title);
  }
}

let csrfToken = '';

/** The token that proves that a change comes from these pages. */
export function setCsrfToken(token: string) {
  csrfToken = token;
}

const heardKey = 'opora.heard';

/** When the server last answered somebody of this browser, in any of its tabs, by its own clock; 0: never. */
export const heard = () => Number(localStorage.getItem(heardKey) ?? 0);

/** What to do when the server no longer knows who is here; resolves when somebody came in: whether it is the same person. */
let comeInAgain: (() => Promise<boolean>) | null = null;
export function onSessionEnd(ask: () => Promise<boolean>) {
  comeInAgain = ask;
}

/** Sends a file as it is and tells how much of it has gone. */
export function sendFile<T>(path: string, file: File, tell: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1' + path);
    request.setRequestHeader('X-CSRF-Token', csrfToken);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'text';
    request.upload.onprogress = (event) => event.total > 0 && tell(event.loaded / event.total);
    request.onload = async () => {
      const response = new Response(request.responseText, { status: request.status });
      if (response.ok) done((await response.json()) as T);
      else {
        const problem = await problemOf(response);
        if (problem.code === 'not_signed_in') void comeInAgain?.();
        failed(problem);
      }
    };
    request.onerror = () => failed(new Problem(0, 'no_connection', 'Файл не отправлен', 'Нет связи с сервером, или файл больше допустимого размера'));
    request.onabort = () => failed(new Problem(0, 'no_connection', 'Отправка прервана', ''));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: Answer = await response.json();
    return new Problem(response.status, body.code, body.title, body.detail ?? '', body.errors ?? []);
  } catch {
    return new Problem(response.status, 'no_answer', 'Сервер не ответил', 'Повторите через минуту');
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch('/api/v1' + path, init);
  } catch {
    throw new Problem(0, 'no_connection', 'Нет связи с сервером', 'Проверьте, запущена ли программа, и повторите');
  }
  if (response.ok) {
    localStorage.setItem(heardKey, String(Date.now()));
    return response;
  }
  const problem = await problemOf(response);
  if (problem.code !== 'not_signed_in' || path === '/session' || !comeInAgain) throw problem;
  const again = comeInAgain();
  // What was being read is read when the person is back; a change waits for another press.
  if (init.method === undefined && (await again)) return send(path, init);
  throw problem;
}

type Method = 'get' | 'post' | 'put' | 'delete';
/** The addresses that are described with a method. */
type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type JsonOf<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;
type Done<R> = Extract<keyof R, 200 | 201 | 204>;
/** What an address answers when it is done; 202 counts where it never says more. */
type Success<R> = [Done<R>] extends [never] ? (R extends { 202: infer Begun } ? JsonOf<Begun> : never) : { [S in Done<R>]: JsonOf<R[S]> }[Done<R>];
export type AnswerOf<P extends keyof paths, M extends Method = 'get'> = Operation<P, M> extends { responses: infer R } ? Success<R> : never;
type Part<O, N extends string> = O extends { parameters: Record<N, infer V> } ? (V extends undefined ? unknown : { [K in N]: V }) : O extends { parameters: { [K in N]?: infer V } } ? { [K in N]?: V } : unknown;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : { body?: never };
type Asked<P extends keyof paths, M extends Method> = Part<Operation<P, M>, 'path'> & Part<Operation<P, M>, 'query'>;
type Changed<P extends keyof paths, M extends Method> = Asked<P, M> & BodyOf<Operation<P, M>> & { ifMatch?: string; onceKey?: string };

type Values = Record<string, string | number | undefined>;

/** «/schools/{school}» with its braces filled in and the query after it. */
export function address(path: string, parts: { path?: Values; query?: Values } = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts.path?.[name] ?? '')));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** Reads a described address: the types of parameters and answer are those of the server's description. */
export async function read<P extends PathOf<'get'>>(path: P, parts: Asked<P, 'get'>, signal?: AbortSignal): Promise<AnswerOf<P>> {
  const response = await send(address(path, parts as { path?: Values; query?: Values }), signal ? { signal } : {});
  return response.json();
}

/** Reads a table, whose address and columns are known where it stands. */
export async function readTable<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send(path, signal ? { signal } : {})).json();
}

/** The same with the version that a later change names in `ifMatch`. */
export async function readVersion<P extends PathOf<'get'>>(path: P, parts: Asked<P, 'get'>): Promise<{ value: AnswerOf<P>; version: string }> {
  const response = await send(address(path, parts as { path?: Values; query?: Values }), {});
  return { value: await response.json(), version: response.headers.get('ETag') ?? '' };
}

/** Changes something at a described address. */
export async function act<M extends 'post' | 'put' | 'delete', P extends PathOf<M>>(method: M, path: P, parts: Changed<P, M>): Promise<AnswerOf<P, M>> {
  const { body, ifMatch, onceKey } = parts as { body?: unknown; ifMatch?: string; onceKey?: string };
  const headers: Record<string, string> = { 'X-CSRF-Token': csrfToken };
  if (ifMatch) headers['If-Match'] = ifMatch;
  if (onceKey) headers['Idempotency-Key'] = onceKey; // A second press of the same button does nothing more.
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method: method.toUpperCase(), headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await send(address(path, parts as { path?: Values; query?: Values }), init);
  return (response.status === 204 ? undefined : await response.json()) as AnswerOf<P, M>;
}

/** The events of a job until it ends; `tell` hears of each. */
function endOf(job: Job, tell: (job: Job) => void): Promise<Job> {
  return new Promise((done, failed) => {
    const events = new EventSource(`/api/v1/jobs/${job.id}/events`);
    events.addEventListener('job', (event) => {
      const now: Job = JSON.parse(event.data);
      tell(now);
      if (now.state === 'waiting' || now.state === 'running') return;
      events.close();
      done(now);
    });
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      failed(new Problem(0, 'no_connection', 'Ход действия неизвестен', 'Обновите страницу и посмотрите, выполнено ли оно'));
    };
  });
}

/** Reads or changes something that may take long: the server works on while `tell` hears how far it is. */
export async function actLong<M extends 'get' | 'post', P extends PathOf<M>>(method: M, path: P, parts: Changed<P, M>, tell: (job: Job) => void): Promise<AnswerOf<P, M>> {
  const { body, ifMatch } = parts as { body?: unknown; ifMatch?: string };
  const headers: Record<string, string> = { 'X-CSRF-Token': csrfToken, Prefer: 'respond-async' };
  if (ifMatch) headers['If-Match'] = ifMatch;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method: method.toUpperCase(), headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  let response = await send(address(path, parts as { path?: Values; query?: Values }), init);
  if (response.status === 202) {
    const { job }: { job: Job } = await response.json();
    tell(job);
    const last = await endOf(job, tell);
    if (last.state === 'cancelled') throw new Problem(0, 'cancelled', 'Действие прервано', 'Ничего не изменено');
    response = await send(`/jobs/${job.id}/answer`, {});
  }
  return response.json();
}

/** Sends a file as it is to a described address. */
export async function attachFile<P extends PathOf<'post'>>(path: P, parts: Asked<P, 'post'>, file: Blob): Promise<AnswerOf<P, 'post'>> {
  const headers = { 'X-CSRF-Token': csrfToken, 'Content-Type': 'application/octet-stream' };
  const response = await send(address(path, parts as { path?: Values; query?: Values }), { method: 'POST', headers, body: file });
  return (await response.json()) as AnswerOf<P, 'post'>;
}

/** Where a browser fetches a file itself. */
export const fileAddress = (path: PathOf<'get'>, parts: { path?: Values; query?: Values }) => '/api/v1' + address(path, parts);
