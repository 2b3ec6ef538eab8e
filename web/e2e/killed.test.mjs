// The server is killed in the middle of an import of several files: all of them are there after the next start, or none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const program = process.env.OPORA ?? 'build/release/opora';
const years = [2009, 2010, 2011, 2012, 2013, 2014];

async function started(folder) {
  const server = spawn(program, ['demo', join(folder, 'demo'), '--serve', '--port', '0'], {
    env: { ...process.env, OPORA_KEY_FILE: join(folder, 'audit.key') },
  });
  let said = '';
  server.stdout.on('data', (text) => (said += text));
  server.stderr.on('data', (text) => process.stderr.write(text));
  const deadline = Date.now() + 120_000;
  while (!/по адресу (\S+)/.test(said)) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`the program did not start:\n${said}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  const api = said.match(/по адресу (\S+)/)[1] + '/api/v1';
  const login = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: 'methodist', password: said.match(/^ {2}methodist +(\S+)/m)[1] }),
  });
  const cookie = login.headers.get('set-cookie').split(';')[0];
  const token = (await login.json()).csrf_token;
  const ask = async (method, path, body, type = 'application/json', key = undefined) => {
    const headers = { Cookie: cookie, 'X-CSRF-Token': token, ...(body !== undefined && { 'Content-Type': type }), ...(key && { 'Idempotency-Key': key }) };
    const response = await fetch(api + path, { method, headers, body });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return response.status === 204 ? null : response.json();
  };
  return { server, ask };
}

async function killed(server) {
  server.kill('SIGKILL');
  await once(server, 'exit');
}

function protocol(year) {
  const lines = ['school_id,subject,grade,year,class,score,mark'];
  for (let i = 0; i < 20_000; ++i) lines.push(`edu0001${String((i % 20) + 1).padStart(2, '0')},russian,5,${year},5А,${i % 30},${2 + (i % 4)}`);
  return lines.join('\n') + '\n';
}

test('a server killed while it stores files that belong together', { timeout: 400_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opora-killed-'));
  try {
    let { server, ask } = await started(folder);
    let stored = false;
    for (const delay of [30, 120, 300, 700, 1500, 4000]) {
      const { id } = await ask('POST', '/import-batches');
      for (const year of years) await ask('POST', `/import-batches/${id}/files?name=${year}.csv`, protocol(year), 'application/octet-stream');
      await ask('POST', `/import-batches/${id}/checks`, '{}');
      while ((await ask('GET', `/import-batches/${id}`)).state !== 'checked') await new Promise((go) => setTimeout(go, 50));
      await ask('POST', `/import-batches/${id}/commits`, JSON.stringify({ rows: 'all_or_nothing' }));
      await new Promise((go) => setTimeout(go, delay));
      await killed(server);
      ({ server, ask } = await started(folder));
      const { imports } = await ask('GET', '/imports');
      const inForce = imports.filter((one) => one.batch === id && !one.undone).length;
      assert.ok(inForce === 0 || inForce === years.length, `${inForce} of ${years.length} files after ${delay} ms`);
      const seen = (await ask('GET', '/territories')).years.filter((one) => years.includes(one.year)).length;
      assert.equal(seen, inForce, 'the pages show what is in force');
      // What is not stored waits for a decision with its files; once it is decided nothing of pupils is left behind.
      const { batches } = await ask('GET', '/import-batches');
      if (inForce === 0) assert.deepEqual(batches.map((one) => [one.id, one.state, one.files.length]), [[id, 'collecting', years.length]]);
      for (const one of batches) await ask('DELETE', `/import-batches/${one.id}`);
      assert.deepEqual(readdirSync(join(folder, 'demo', 'waiting')), [], 'nothing of pupils is left behind');
      stored = inForce > 0;
      if (stored) break;
    }
    assert.ok(stored, 'no import ever ended: the delays are too short for this machine');
    await killed(server);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a killed server remembers a begun batch, and what a post with a key was answered', { timeout: 200_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opora-killed-'));
  try {
    let { server, ask } = await started(folder);
    const { id } = await ask('POST', '/import-batches');
    await ask('POST', `/import-batches/${id}/files?name=2009.csv`, protocol(2009), 'application/octet-stream');
    const form = JSON.stringify({ methodology: 'federal-2025', year: 2024 });
    const list = await ask('POST', '/lists', form, 'application/json', 'draft-1');
    await killed(server);
    ({ server, ask } = await started(folder));
    const batch = await ask('GET', `/import-batches/${id}`);
    assert.deepEqual([batch.state, batch.files.map((one) => one.name)], ['collecting', ['2009.csv']]);
    assert.equal((await ask('POST', '/lists', form, 'application/json', 'draft-1')).id, list.id);
    assert.equal((await ask('GET', '/lists')).lists.length, 1, 'the draft was not made twice');
    await ask('POST', `/import-batches/${id}/checks`, '{}');
    while ((await ask('GET', `/import-batches/${id}`)).state !== 'checked') await new Promise((go) => setTimeout(go, 50));
    await ask('POST', `/import-batches/${id}/commits`, JSON.stringify({ rows: 'all_or_nothing' }));
    while ((await ask('GET', `/import-batches/${id}`)).state !== 'stored') await new Promise((go) => setTimeout(go, 50));
    await killed(server);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
