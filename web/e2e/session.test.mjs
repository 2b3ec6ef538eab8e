// The end of a session: a warning before it, a page that waits as it was, and the person back at the same place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

/** Ends every other session of the person, as from another computer. */
async function endElsewhere(login) {
  const other = await office.enter(login);
  await open(other.page, office.address, '/account');
  const buttons = other.page.getByRole('button', { name: 'Закончить' });
  await buttons.first().waitFor();
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click();
    await other.page.waitForFunction((count) => document.querySelectorAll('main table button').length < count, left);
  }
  await other.close();
}

async function comeIn(page, login) {
  await page.getByLabel('Имя для входа').fill(login);
  await page.getByRole('textbox', { name: 'Пароль' }).fill(office.passwords[login]);
  await page.getByRole('button', { name: 'Войти' }).click();
}

test('some minutes before its end an idle session asks whether to go on', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await page.clock.install();
  await open(page, office.address, '/schools');
  const warning = page.getByRole('dialog', { name: 'Сеанс скоро закончится' });
  await page.clock.runFor('01:50:00');
  assert.equal(await warning.count(), 0);
  await page.clock.runFor('00:05:00');
  await warning.waitFor();
  await warning.getByText('Через 4 минуты потребуется войти снова').waitFor();
  assert.deepEqual(await brokenRules(page), []);
  await warning.getByRole('button', { name: 'Продолжить работу' }).click();
  await warning.waitFor({ state: 'detached' });
  await page.clock.runFor('01:50:00');
  assert.equal(await warning.count(), 0, 'the request has prolonged the session');
  await page.clock.runFor('00:05:00');
  await warning.getByRole('button', { name: 'Выйти' }).click();
  await page.getByRole('heading', { name: 'Опора' }).waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

/** Waits, by the clock of the machine, until a page has had its answers: one that comes while its own clock runs moves that clock's idleness. */
function quietness(page) {
  const open = new Set();
  page.on('request', (request) => open.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request));
  return async () => {
    for (let calm = 0; calm < 3; calm = open.size === 0 ? calm + 1 : 0) await page.waitForTimeout(100);
  };
}

test('who types is at work: nothing is asked of him', async () => {
  const { page, close } = await office.enter('methodist');
  await page.clock.install();
  const quiet = quietness(page);
  await open(page, office.address, '/schools');
  for (let hour = 0; hour < 4; hour += 1) {
    await page.clock.runFor('00:00:02'); // What waits for the end of typing goes out.
    await quiet();
    await page.clock.runFor('01:00:00');
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/session'));
    await page.getByLabel('Название или код').pressSequentially('а');
    await asked;
  }
  assert.equal(await page.getByRole('dialog').count(), 0);
  await close();
});

test('a session cannot last longer than a working day: it is said without stopping anybody', async () => {
  const { page, close } = await office.enter('methodist');
  await page.clock.install();
  await open(page, office.address, '/schools');
  // The server's clock goes on as always; each request of an hour later is one of the same session.
  await page.route('**/api/v1/session', async (route) => {
    const answer = await route.fetch();
    const person = await answer.json();
    await route.fulfill({ response: answer, json: { ...person, last_seen: person.ends - 6 * 60 } });
  });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.clock.runFor('00:00:30');
  const notice = page.getByRole('status').filter({ hasText: 'Сеанс скоро закончится' });
  await notice.getByText('Он не может длиться дольше').waitFor();
  assert.deepEqual(await brokenRules(page), []);
  await page.getByLabel('Название или код').fill('Ручей');
  await notice.getByRole('button', { name: 'Понятно' }).click();
  await notice.waitFor({ state: 'detached' });
  await close();
});

test('after the end the page waits with what was typed; its person goes on, another begins anew', async () => {
  const { page, close } = await office.enter('methodist');
  await page.clock.install();
  await open(page, office.address, '/schools?sort=name');
  await page.getByRole('button', { name: 'Мои отборы' }).click();
  await page.clock.runFor(1000);
  await page.getByRole('menuitem', { name: 'Сохранить этот отбор…' }).click();
  await page.clock.runFor(1000);
  const name = page.getByRole('textbox', { name: 'Название', exact: true });
  await name.fill('Школы на проверку');
  const again = page.getByRole('dialog', { name: 'Сеанс закончился' });

  await endElsewhere('methodist');
  await page.clock.runFor('02:10:00');
  await again.waitFor();
  assert.deepEqual(await brokenRules(page), []);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('heading', { name: 'Школы', exact: true }).isVisible(), false);
  await comeIn(page, 'methodist');
  await again.waitFor({ state: 'detached' });
  assert.equal(await name.inputValue(), 'Школы на проверку');
  assert.match(page.url(), /\/schools\?sort=name$/);

  await endElsewhere('methodist');
  await page.clock.runFor('02:10:00');
  await again.waitFor();
  await comeIn(page, 'auditor');
  await again.waitFor({ state: 'detached' });
  await page.clock.runFor(1000);
  assert.equal(await name.count(), 0, 'what one person typed is not shown to another');
  await close();
});

test('a draft outlives its session and a closed page', async () => {
  const { page, close } = await office.enter('region');
  page.on('dialog', (dialog) => dialog.accept());
  const address = '/methodologies/own-rules/edit?from=order-237&title=Своя';
  await open(page, office.address, address);
  const text = page.getByLabel('Текст методики');
  const typed = `${await text.inputValue()}\n# Проверить пороги`;
  await text.fill(typed);
  await endElsewhere('region');
  await page.reload();
  await page.getByRole('heading', { name: 'Опора' }).waitFor();
  await comeIn(page, 'region');
  await text.waitFor();
  assert.equal(await text.inputValue(), typed);
  await close();
});
