// A list from its draft to its order: the coordinator publishes, the school acknowledges and appeals, the coordinator decides,
// approves, downloads the order and checks the list anew. Then every page of it: nothing broken, at three widths.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice, overflow } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

/** What a link downloads: its name and its first bytes. */
async function download(page, name) {
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name }).first().click();
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

const inTenDays = () => new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

test('a list is drafted and published; two people do not overwrite each other', async () => {
  const { page, troubles, close } = await office.enter('district');
  await page.getByRole('link', { name: 'Выявление', exact: true }).click();
  await page.getByRole('button', { name: 'Составить проект перечня' }).click();
  await page.getByRole('heading', { name: 'Перечень № 1: 2023/24 учебный год' }).waitFor();
  await page.getByText('В перечне 7 школ из').waitFor();

  const other = await office.enter('methodist');
  await open(other.page, office.address, '/lists/1');
  for (const one of [page, other.page]) {
    await one.getByRole('button', { name: 'Опубликовать предварительный перечень' }).click();
    await one.getByLabel('Последний день приёма возражений').fill(inTenDays());
  }
  await page.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  await page.getByText('Ознакомились 0 из 7 школ.').waitFor();
  await other.page.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  await other.page.getByText('Перечень тем временем изменился').waitFor();
  await other.page.getByText(/Опубликован предварительный перечень: возражения/).waitFor();
  await other.close();
  assert.deepEqual(troubles, []);
  await close();
});

test('a school sees that it is listed, acknowledges, and appeals with a file; an unsent text is kept', async () => {
  const { page, troubles, close } = await office.enter('head');
  await page.getByText('Школа в предварительном перечне').waitFor();
  await page.getByRole('link', { name: 'Открыть перечень № 1' }).click();
  const other = await page.context().newPage(); // The same page in a second tab, which is late.
  await open(other, office.address, new URL(page.url()).pathname);
  await page.getByRole('button', { name: 'Ознакомлены' }).click();
  await page.getByText('Школа подтвердила ознакомление').waitFor();
  await other.getByRole('button', { name: 'Ознакомлены' }).click();
  await other.getByText('Школа уже подтвердила').waitFor();
  await other.getByText('Школа подтвердила ознакомление').waitFor();
  assert.equal(await other.getByRole('button', { name: 'Ознакомлены' }).count(), 0);
  await other.close();
  await page.getByText('Ручейковская СОШ', { exact: true }).first().waitFor();
  assert.equal(await page.getByText('Тихобережковская').count(), 0);

  const text = page.getByLabel('Текст возражения');
  await text.fill('Подано по ошибке');
  await page.getByRole('button', { name: 'Отправить возражение' }).click();
  await page.getByRole('button', { name: 'Отозвать возражение № 1' }).click();
  await page.getByText('До конца срока можно подать новое').waitFor();
  await page.waitForTimeout(400);
  assert.deepEqual(await brokenRules(page), []);
  await page.getByRole('button', { name: 'Отозвать', exact: true }).click();
  await page.getByText('Отозвано школой').waitFor();
  await text.fill('В протоколе 5 класса <b>ошибка</b>');
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  assert.equal(await text.inputValue(), 'В протоколе 5 класса <b>ошибка</b>');
  await page.locator('input[type=file]').setInputFiles({ name: 'акт проверки.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 акт') });
  await page.getByRole('button', { name: 'Отправить возражение' }).click();
  await page.getByText('Ещё не рассмотрено.').waitFor();
  await page.getByText('В протоколе 5 класса <b>ошибка</b>').first().waitFor();
  const file = await download(page, /акт проверки.pdf/);
  assert.equal(file.name, 'акт проверки.pdf');
  assert.equal(file.bytes.toString(), '%PDF-1.4 акт');
  await page.getByRole('link', { name: 'Обоснование вывода' }).click();
  await page.getByText('8 из 25').first().waitFor();
  await page.goBack();
  const letter = await download(page, 'Уведомление (Word)');
  assert.equal(letter.bytes.subarray(0, 2).toString(), 'PK');
  assert.deepEqual(troubles, []);
  await close();
});

test('the coordinator decides, approves, downloads the order, and the list is found whole', async () => {
  const { page, troubles, close } = await office.enter('district');
  await open(page, office.address, '/lists/1');
  await page.getByText('Ознакомились 1 из 7 школ. Не рассмотрено возражений: 1.').waitFor();
  await page.getByRole('button', { name: 'Рассмотреть' }).click();
  await page.getByLabel('Удовлетворить').check();
  await page.getByLabel('Основание решения').fill('Протокол исправлен комиссией');
  assert.deepEqual(await brokenRules(page), []);
  await page.getByRole('button', { name: 'Принять решение' }).click();
  await page.getByText('Удовлетворено: «включена в перечень» → «не включена»').waitFor();
  await page.getByText('Редакция 2: по возражению № 2').waitFor();
  await page.getByText(/Вышла: Ручейковская СОШ/).waitFor();

  await page.getByRole('button', { name: 'Утвердить перечень приказом' }).click();
  await page.getByLabel('Номер приказа').fill('12-о');
  await page.getByLabel('Почему до конца срока возражений').fill('Все школы ознакомлены');
  await page.getByLabel('Место издания').fill('п. Вымышленный');
  await page.waitForTimeout(400);
  assert.deepEqual(await brokenRules(page), []);
  await page.getByRole('button', { name: 'Утвердить перечень', exact: true }).click();
  await page.getByText(/№ 12-о от/).first().waitFor();
  const order = await download(page, 'Приказ (Word)');
  assert.match(order.name, /^Приказ № 12-о от/);
  assert.equal(order.bytes.subarray(0, 2).toString(), 'PK');
  const book = await download(page, 'Перечень (Excel)');
  assert.equal(book.bytes.subarray(0, 2).toString(), 'PK');
  await page.getByRole('button', { name: 'Проверить перечень' }).click();
  await page.getByText('Перечень подлинный: всё сходится').waitFor({ timeout: 60_000 });
  assert.deepEqual(troubles, []);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`pages of lists, ${colorScheme}`, async () => {
    for (const login of ['district', 'head']) {
      const { page, troubles, close } = await office.enter(login, { colorScheme });
      for (const path of ['/lists', '/lists/1', '/lists/1/schools/edu000107', '/documents']) {
        await open(page, office.address, path);
        assert.deepEqual(await brokenRules(page), [], `${login} ${path}`);
        for (const width of [360, 1280, 2560]) {
          await page.setViewportSize({ width, height: 800 });
          await page.waitForTimeout(150);
          assert.ok((await overflow(page)) <= 0, `${login}: ${path} is wider than ${width} px`);
          if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${login}${path.replaceAll(/[/?=]/g, '_')}-${width}-${colorScheme}.png`, fullPage: true });
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      assert.deepEqual(troubles, [], login);
      await close();
    }
  });
}
