/** A refusal of the server as it explains itself (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
  ) {
    super(detail || title);
  }
}

export interface FieldError {
  code: string;
  message: string;
  column?: string;
  expected?: string;
  found?: string;
}

let csrfToken = '';

/** The token that proves that a change comes from these pages. */
export function setCsrfToken(token: string) {
  csrfToken = token;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = await response.json();
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
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send(path, signal ? { signal } : {})).json();
}

export async function change<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T | undefined> {
  const init: RequestInit = { method, headers: { 'X-CSRF-Token': csrfToken, ...headers } };
  if (body !== undefined) {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await send(path, init);
  return response.status === 204 ? undefined : response.json();
}
