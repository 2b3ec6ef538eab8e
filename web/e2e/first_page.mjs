// How long a person waits for the first page, with nothing cached: from the address to a login form that takes what is typed, and
// from the press of «Войти» to the overview with its numbers. Prints the least of several, in milliseconds; bench/load.py asks for it.
import { openOffice } from './office.mjs';

const times = Number(process.argv[2] ?? 7);
const office = await openOffice();

async function once() {
  const { page, close } = await office.visit(); // A new context: no cache, no cookie.
  const client = await page.context().newCDPSession(page);
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  const begin = performance.now();
  await page.goto(office.address, { waitUntil: 'commit' });
  const login = page.getByLabel('Имя для входа');
  await login.press('d');
  if ((await login.inputValue()) !== 'd') throw new Error('the form did not take the key');
  const form = performance.now() - begin;
  await login.fill('district');
  await page.getByRole('textbox', { name: 'Пароль' }).fill(office.passwords.district);
  const pressed = performance.now();
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('heading', { level: 1, name: /^Обзор/ }).waitFor();
  await page.getByText(/В перечне/).first().waitFor();
  const overview = performance.now() - pressed;
  await close();
  return { form, overview };
}

const taken = [];
for (let i = 0; i < times; i += 1) taken.push(await once());
const least = (name) => Math.min(...taken.map((one) => one[name])).toFixed(0);
console.log(`form_ms: ${least('form')}`);
console.log(`overview_ms: ${least('overview')}`);
await office.close();
