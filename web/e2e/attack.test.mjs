// The program as it is served, met by people who mean harm: over raw sockets, and in a browser with hostile names in the data.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openOffice } from './office.mjs';

const hostile = {
  edu900001: '<script>window.broken = 1</script> «Школа»',
  edu900002: '"><img src=x onerror="window.broken = 2">',
  edu900003: '=HYPERLINK("http://harm.example","Школа")',
  edu900004: "@SUM(1+1)*cmd|' /C calc'!A0",
  edu900005: '+7 «Плюс» & \'минус\' -2',
};

let office;
let port;

before(async () => {
  office = await openOffice({
    prepare(program, district, environment) {
      const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
      const rows = Object.entries(hostile).map(([id, name]) => [id, quoted(name), 'demo-district', 'secondary'].join(','));
      const file = join(district, '..', 'hostile.csv');
      writeFileSync(file, ['school_id,name,territory_id,type', ...rows].join('\n'));
      execFileSync(program, ['import', district, file], { env: environment });
    },
  });
  port = Number(new URL(office.address).port);
});
after(() => office?.close());

/** Sends bytes as they are; gives everything that came back until the other side closed, or `wait` passed. */
function send(bytes, { wait = 5_000, pause = 0 } = {}) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    const begin = Date.now();
    const end = () => done({ said, took: Date.now() - begin });
    const patience = setTimeout(() => socket.destroy(), wait);
    socket.on('data', (part) => (said += part.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => (clearTimeout(patience), end()));
    const pieces = Array.isArray(bytes) ? [...bytes] : [bytes];
    const next = () => {
      if (socket.destroyed || pieces.length === 0) return;
      socket.write(pieces.shift());
      if (pieces.length > 0) setTimeout(next, pause);
    };
    socket.on('connect', next);
  });
}

const status = (answer) => Number(answer.said.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);
const request = (line, headers = {}, body = '') =>
  `${line} HTTP/1.1\r\n${Object.entries({ Host: `127.0.0.1:${port}`, Connection: 'close', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;
const healthy = async () => assert.equal(status(await send(request('GET /healthz'))), 200, 'others are served');

async function sessionOf(login) {
  const answer = await fetch(`${office.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password: office.passwords[login] }),
  });
  assert.equal(answer.status, 201);
  return { cookie: answer.headers.get('set-cookie').split(';')[0], csrf: (await answer.json()).csrf_token };
}

test('malformed and oversized requests are refused and harm nobody', async () => {
  const table = [
    ['nonsense', 'no request at all\r\n\r\n', [400]],
    ['binary', Buffer.from([0, 255, 13, 10, 13, 10]), [400, 0]],
    ['header too large', request('GET /', { 'X-Large': 'x'.repeat(100_000) }), [431, 400, 0]],
    ['target too long', request(`GET /${'x'.repeat(60_000)}`), [414, 431, 400, 0]],
    ['two lengths', request('POST /api/v1/session', { 'Content-Length': '5\r\nContent-Length: 6' }, 'hello'), [400]],
    ['length and chunks', request('POST /api/v1/session', { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n'), [400]],
    ['negative length', request('POST /api/v1/session', { 'Content-Length': '-1' }), [400]],
    ['body too large', request('POST /api/v1/session', { 'Content-Length': '99999999', 'Content-Type': 'application/json' }), [413]],
    ['old protocol', 'GET / HTTP/0.9\r\n\r\n', [400, 505]],
    ['path out of the root', request('GET /../../etc/passwd'), [400, 404]],
    ['encoded path out of the root', request('GET /assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd'), [400, 404]],
    ['encoded zero', request('GET /api/v1/schools/%00'), [400, 401, 404]],
  ];
  for (const [name, bytes, allowed] of table) {
    const answer = await send(bytes);
    assert.ok(allowed.includes(status(answer)), `${name}: ${status(answer)}`);
    assert.ok(!/root:|terminate|exception/i.test(answer.said), name);
    await healthy();
  }
});

test('a foreign Host is refused, whatever the address', async () => {
  for (const host of ['harm.example', '127.0.0.1.harm.example', `localhost@harm.example:${port}`, '']) {
    const answer = await send(request('GET /api/v1/session', { Host: host }));
    assert.ok([400, 421].includes(status(answer)), `${host}: ${status(answer)}`);
  }
});

test('fifty clients that send a header letter by letter hold up nobody and lose their connections', async () => {
  const letters = [...request('GET /healthz').slice(0, 60)];
  const slow = Array.from({ length: 50 }, () => send(letters, { pause: 500, wait: 30_000 }));
  await new Promise((go) => setTimeout(go, 500));
  const begin = Date.now();
  for (let i = 0; i < 20; ++i) await healthy();
  assert.ok(Date.now() - begin < 2_000, 'others are answered at once');
  for (const one of await Promise.all(slow)) assert.ok(one.took < 25_000, `cut off after ${one.took} ms`);
});

test('a forged cookie is nobody; a change without the token of the session, or from another site, is refused', async () => {
  const { cookie } = await sessionOf('auditor');
  const of = (headers, method = 'GET', path = '/api/v1/schools') => fetch(office.address + path, { method, headers }).then((answer) => answer.status);
  assert.equal(await of({ cookie }), 200);
  const [name, token] = cookie.split('=');
  const flipped = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
  for (const forged of [`${name}=${flipped}`, `${name}=`, `${name}=${'A'.repeat(5_000)}`, `${name}=${token}x`]) {
    assert.equal(await of({ cookie: forged }), 401, forged.slice(0, 40));
  }
  assert.equal(await of({ cookie }, 'DELETE', '/api/v1/session'), 403);
  assert.equal(await of({ cookie, 'x-csrf-token': 'forged' }, 'DELETE', '/api/v1/session'), 403);
  assert.equal(await of({ cookie }), 200, 'still in');
});

test('answers forbid framing, sniffing and foreign scripts', async () => {
  const answer = await fetch(office.address);
  const policy = answer.headers.get('content-security-policy');
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) assert.ok(policy.includes(part), part);
  assert.ok(!/(script|style)-src [^;]*unsafe/.test(policy), policy);
  const nonces = await Promise.all([1, 2].map(async () => (await fetch(office.address)).headers.get('content-security-policy').match(/'nonce-([0-9a-f]{32})'/)[1]));
  assert.notEqual(nonces[0], nonces[1]);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('hostile names of schools are shown as text, on every page that names a school', async () => {
  const { page, troubles, close } = await office.enter('region');
  await page.goto(`${office.address}/schools`);
  await page.getByText(hostile.edu900001).first().waitFor();
  for (const id of Object.keys(hostile)) {
    await page.goto(`${office.address}/schools/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.ok((await page.textContent('h1')).includes(hostile[id]), id);
  }
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.deepEqual(troubles, []);
  await close();
});

test('no cell of a file that leaves the program is a formula', async () => {
  const { cookie } = await sessionOf('region');
  const text = await fetch(`${office.address}/api/v1/schools?format=csv`, { headers: { cookie } }).then((answer) => answer.text());
  assert.ok(text.includes('HYPERLINK'), 'the hostile school is in the file');
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    for (const cell of line.split(/[;,](?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
      assert.ok(!/^"?[=+@-](?![\d.,]+"?\r?$)/.test(cell), cell);
    }
  }
});

// The last: the address that guessed so much has to wait.
test('two hundred people who come in at once: each is let in or told to wait, nobody waits long for a page', async () => {
  const begin = Date.now();
  const attempt = () =>
    fetch(`${office.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ login: `nobody${Math.random().toString(36).slice(2)}`, password: 'wrong password' }),
    }).then((answer) => answer.status);
  const all = Promise.all(Array.from({ length: 200 }, attempt));
  await new Promise((go) => setTimeout(go, 100));
  const page = Date.now();
  await healthy();
  assert.ok(Date.now() - page < 1_000, 'a page is answered meanwhile');
  const statuses = await all;
  assert.ok(statuses.every((one) => [401, 429, 503].includes(one)), [...new Set(statuses)].join());
  assert.ok(Date.now() - begin < 60_000);
});
