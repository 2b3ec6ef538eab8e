// Accounts, the journal, coming in with a code, own methodologies, the public page: what each does in a real browser.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice, overflow } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

/** Readable for everybody and no wider than the window, at three widths. */
async function looksRight(page, what) {
  await page.waitForTimeout(400); // What fades in counts when it has.
  assert.deepEqual(await brokenRules(page), [], what);
  for (const width of [360, 1280, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(150);
    assert.ok((await overflow(page)) <= 0, `${what} is wider than ${width} px`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** TOTP of RFC 6238 by another hand. */
function codeOf(secret, moment = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const place = mac.at(-1) & 15;
  return String((mac.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

for (const colorScheme of ['light', 'dark']) {
  test(`pages of an administrator, ${colorScheme}`, async () => {
    const { page, troubles, close } = await office.enter('admin', { colorScheme });
    for (const path of ['/users', '/journal', '/settings', '/account', '/methodologies/order-237']) {
      await open(page, office.address, path);
      await looksRight(page, path);
    }
    assert.deepEqual(troubles, []);
    await close();
  });
}

test('an account is changed with a reason, and the journal tells it', async () => {
  const { page, troubles, close } = await office.enter('admin');
  await open(page, office.address, '/users');
  await page.getByRole('row').filter({ hasText: 'curator' }).getByRole('button', { name: 'Изменить' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Школы куратора').fill('edu000101, edu000102');
  await dialog.getByLabel('Почему').fill('Приказ о кураторах');
  await page.waitForTimeout(400);
  assert.deepEqual(await brokenRules(page), []);
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await open(page, office.address, '/journal');
  const newest = page.getByRole('row').nth(1);
  await newest.getByText('Изменена учётная запись').waitFor();
  await newest.getByText('Приказ о кураторах').waitFor();
  await newest.getByText('edu000101,edu000102').waitFor();
  await page.getByRole('button', { name: 'Проверить целостность' }).click();
  await page.getByText('Журнал цел').waitFor();
  await page.getByRole('combobox', { name: 'Что сделано' }).click();
  await page.getByRole('option', { name: 'Вход', exact: true }).click();
  await page.waitForURL(/action=sign_in/);
  assert.deepEqual(troubles, []);
  await close();
});

test('a code is set up, asked for, and switched off', async () => {
  const { page, troubles, close } = await office.enter('auditor');
  await open(page, office.address, '/account');
  await page.getByRole('button', { name: 'Настроить' }).click();
  await page.getByRole('img', { name: 'QR-код с ключом для приложения' }).waitFor();
  await looksRight(page, 'setting up a code');
  const secret = await page.locator('pre').textContent();
  await page.getByLabel('Код из приложения').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Включить' }).click();
  await page.getByText('Сохраните резервные коды').waitFor();
  await looksRight(page, 'recovery codes');
  const recovery = await page.locator('[role=status] code').first().textContent();
  assert.deepEqual(troubles, []);
  await close();

  const { page: nobody, close: closeNobody } = await office.visit();
  await nobody.goto(office.address);
  await nobody.getByLabel('Имя для входа').fill('auditor');
  await nobody.getByRole('textbox', { name: 'Пароль' }).fill(office.passwords.auditor);
  await nobody.getByRole('button', { name: 'Войти' }).click();
  await nobody.getByRole('textbox', { name: 'Код' }).fill(recovery);
  await nobody.getByRole('button', { name: 'Войти' }).click();
  await nobody.getByRole('button', { name: 'Выйти' }).waitFor();
  await open(nobody, office.address, '/account');
  await nobody.getByLabel('Код из приложения').fill(codeOf(secret, Date.now() + 30_000));
  await nobody.getByRole('button', { name: 'Отключить вход с кодом' }).click();
  await nobody.getByRole('button', { name: 'Настроить' }).waitFor();
  await closeNobody();
});

test('a methodology is copied, broken, mended, saved; the second editor sees the first one\'s lines; it is deleted', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/methodologies/federal-2025');
  await page.getByRole('button', { name: 'Скопировать' }).click();
  await page.getByLabel('Код').fill('own-rule');
  await page.getByRole('button', { name: 'Перейти к правке' }).click();
  const text = page.getByLabel('Текст методики');
  await page.getByText('Ошибок нет.').waitFor();
  await looksRight(page, 'the editor');
  const proceduresMin = page.getByRole('textbox', { name: /^Число низких процедур года/ });
  await proceduresMin.fill('3 процедуры');
  await proceduresMin.blur();
  assert.match(await text.inputValue(), /value: 3 procedures/);
  await page.getByRole('combobox', { name: /^Как условия A и B/ }).click();
  await page.getByRole('option', { name: 'нужны оба условия' }).click();
  assert.match(await text.inputValue(), /value: a_and_b/);
  const good = await text.inputValue();
  await text.fill(good.replace('value: 3 procedures', 'value: много'));
  await page.getByRole('button', { name: /^строка \d+$/ }).first().waitFor();
  await looksRight(page, 'the editor with mistakes');
  await text.fill(good);
  await page.getByText('Ошибок нет.').waitFor();
  await page.getByLabel('Почему').fill('Решение совета');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.waitForURL(/methodologies\/own-rule$/);
  await page.getByText('3 процедуры').first().waitFor();

  const { page: other, close: closeOther } = await office.enter('district');
  await open(other, office.address, '/methodologies/own-rule/edit');
  await open(page, office.address, '/methodologies/own-rule/edit');
  await page.getByText('Ошибок нет.').waitFor();
  await page.getByLabel('Текст методики').fill(good.replace('value: 30 %', 'value: 35 %'));
  await page.getByText('Ошибок нет.').waitFor();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.waitForURL(/methodologies\/own-rule$/);
  await other.getByText('Ошибок нет.').waitFor();
  await other.getByLabel('Текст методики').fill(good.replace('value: 50 %', 'value: 60 %'));
  await other.getByText('Ошибок нет.').waitFor();
  await other.getByRole('button', { name: 'Сохранить' }).click();
  await other.getByText('сохранил другой человек').waitFor();
  await other.getByText('value: 35 %').waitFor();
  await looksRight(other, 'two editors');
  await closeOther();

  await open(page, office.address, '/methodologies/own-rule');
  await page.getByRole('button', { name: 'Удалить' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
  await page.waitForURL(/methodologies$/);
  await page.getByText('own-rule').first().waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
  await close();
});

test('ratings are switched on with a reason; until then their page says who may', async () => {
  const { page, troubles, close } = await office.enter('admin');
  const { page: reader, close: closeReader } = await office.enter('methodist');
  await open(reader, office.address, '/rating');
  await reader.getByText('включает администратор').waitFor();
  await open(page, office.address, '/settings');
  await page.getByRole('button', { name: 'Включить рейтинг' }).click();
  await page.getByLabel('Почему').fill('Приказ о внутреннем анализе');
  await looksRight(page, 'the question before a rating');
  await page.getByRole('button', { name: 'Включить', exact: true }).click();
  await page.getByText('Сейчас рейтинг включён').waitFor();
  await open(reader, office.address, '/rating');
  await reader.getByText('по этим данным не различаются').waitFor();
  await closeReader();
  await open(page, office.address, '/journal');
  await page.getByText('Приказ о внутреннем анализе').first().waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('the public page is closed, opened by the administrator, and shows no school', async () => {
  const { page: nobody, close: closeNobody } = await office.visit();
  await open(nobody, office.address, '/public');
  await nobody.getByText('Страница закрыта').waitFor();
  const { page, troubles, close } = await office.enter('admin');
  await open(page, office.address, '/settings');
  await page.getByRole('button', { name: 'Открыть страницу' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Открыть' }).click();
  await page.getByText('Сейчас страница открыта').waitFor();
  assert.deepEqual(troubles, []);
  await close();
  for (const colorScheme of ['light', 'dark']) {
    await nobody.emulateMedia({ colorScheme });
    await open(nobody, office.address, '/public');
    await nobody.getByRole('table').waitFor();
    await looksRight(nobody, '/public');
  }
  assert.doesNotMatch(await nobody.locator('main').innerText(), /школа|СОШ|ООШ/i);
  // The file is the table of the page: what is hidden there is hidden in it, count and share.
  await nobody.locator('figure svg').first().waitFor();
  const hidden = await nobody.getByRole('table').getByText('скрыто').count();
  await nobody.getByRole('button', { name: 'Сохранить таблицу' }).click();
  const waiting = nobody.waitForEvent('download');
  await nobody.getByRole('menuitem', { name: 'CSV' }).click();
  const file = readFileSync(await (await waiting).path(), 'utf8');
  assert.equal(file.split('скрыто').length - 1, 2 * hidden);
  assert.doesNotMatch(file, /СОШ|ООШ/);
  await closeNobody();
});
