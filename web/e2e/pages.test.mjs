// Every page: nothing broken, nothing from elsewhere, readable for everybody, at three widths, light and dark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

const pages = [
  '/',
  '/identification',
  '/identification/federal-2025/edu000107?year=2024',
  '/identification/order-237/edu000107?year=2024',
  '/schools',
  '/schools/edu000107?year=2024',
  '/schools/edu000107/protocol?procedure=vpr-mathematics-5-5&year=2024',
  '/typology?school=edu000107',
  '/typology?view=transitions',
  '/typology?view=groups',
  '/pairs',
  '/objectivity?show=all',
  '/rating',
  '/methodologies',
  '/methodologies/order-237',
  '/data',
  '/lists',
  '/documents',
  '/access',
];

for (const colorScheme of ['light', 'dark']) {
  test(`pages of a methodologist, ${colorScheme}`, async () => {
    const { page, troubles, close } = await office.enter('methodist', { colorScheme });
    for (const path of pages) {
      await open(page, office.address, path);
      assert.deepEqual(await brokenRules(page), [], path);
      for (const width of [360, 1280, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        // What watches its own size lays itself out anew, on a busy machine a little later.
        const narrow = page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, null, { timeout: 5000 });
        await assert.doesNotReject(narrow, `${path} is wider than ${width} px`);
      }
    }
    assert.deepEqual(troubles, []);
    await close();
  });
}

test('accounts of an administrator, and the pages before coming in', async () => {
  const { page, troubles, close } = await office.enter('admin');
  await open(page, office.address, '/users');
  assert.deepEqual(await brokenRules(page), []);
  await page.getByRole('button', { name: 'Завести' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(400); // The dialog fades in; its contrast counts when it has.
  assert.deepEqual(await brokenRules(page), []);
  assert.deepEqual(troubles, []);
  await close();

  const context = await office.browser.newContext({ locale: 'ru-RU' });
  const nobody = await context.newPage();
  for (const path of ['/', '/schools', '/ticket/no-such-ticket']) {
    await open(nobody, office.address, path);
    assert.deepEqual(await brokenRules(nobody), [], path);
  }
  await context.close();
});

test('every role comes in and sees its own sections', async () => {
  const ofSchools = ['Обзор', 'Выявление', 'Перечни', 'Школы', 'Типология', 'Пары', 'Объективность', 'Методики', 'Документы'];
  const own = ['Моя учётная запись', 'Что мне видно'];
  const withData = [...ofSchools, 'Данные', 'Журнал действий', ...own];
  const sections = {
    admin: ['Обзор', 'Методики', 'Учётные записи', 'Настройки', 'Журнал действий', ...own],
    federal: withData,
    region: withData,
    district: withData,
    methodist: [...ofSchools, 'Данные', ...own],
    auditor: [...ofSchools, 'Журнал действий', ...own],
  };
  for (const login of office.logins) {
    const { page, troubles, close } = await office.enter(login);
    const shown = await page.getByRole('navigation').getByRole('link').allTextContents();
    assert.deepEqual(shown, sections[login] ?? [...ofSchools, ...own], login);
    await page.getByRole('link', { name: 'Что мне видно' }).click();
    await page.getByText('Ваша роль:').waitFor();
    assert.deepEqual(troubles, [], login);
    await close();
  }
});
