// The demonstration district served by the program, a browser, and people who come in.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const program = process.env.OPORA ?? 'build/release/opora';
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Starts the program on a district of its own; gives its address and the passwords that it printed.
 * `prepare(program, district, environment)` may bring more data into the district before it is served.
 */
export async function openOffice({ prepare } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'opora-pages-'));
  const district = join(folder, 'demo');
  const env = { ...process.env, OPORA_KEY_FILE: join(folder, 'audit.key') };
  if (prepare) {
    execFileSync(program, ['demo', district], { env });
    prepare(program, district, env);
  }
  const server = spawn(program, ['demo', district, '--serve', '--port', '0'], { env });
  let said = '';
  server.stdout.on('data', (text) => (said += text));
  server.stderr.on('data', (text) => process.stderr.write(text));
  const deadline = Date.now() + 120_000;
  while (!/по адресу (\S+)/.test(said)) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`the program did not start:\n${said}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  const address = said.match(/по адресу (\S+)/)[1];
  const passwords = Object.fromEntries([...said.matchAll(/^ {2}(\w+) +(\S+) {3}/gm)].map((line) => [line[1], line[2]]));
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    address,
    logins: Object.keys(passwords),
    passwords,
    browser,
    /** A page of nobody in particular. */
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 800 }, ...options });
      return { page: await context.newPage(), close: () => context.close() };
    },
    /** A page of a person who has just come in; what goes wrong on it is collected in `troubles`. */
    async enter(login, options = {}) {
      const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      const troubles = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('console', (message) => {
        // The first question «who is here» is answered with «nobody».
        if (message.type() === 'error' && !message.text().includes('401')) troubles.push(message.text());
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== address) troubles.push(`left the origin: ${url}`);
      });
      await page.goto(address);
      await page.getByLabel('Имя для входа').fill(login);
      await page.getByRole('textbox', { name: 'Пароль' }).fill(passwords[login]);
      await page.getByRole('button', { name: 'Войти' }).click();
      await page.getByRole('button', { name: 'Выйти' }).waitFor();
      return { page, troubles, close: () => context.close() };
    },
    async close() {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rules of accessibility that the page as it is breaks; one line each. */
export async function brokenRules(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run());
  return result.violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 160)}`);
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

export async function open(page, address, path) {
  await page.goto(address + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}
