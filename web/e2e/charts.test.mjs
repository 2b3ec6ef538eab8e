// Charts and tables: what is seen can be read, saved whole, and led down to the rows of a protocol.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { brokenRules, open, openOffice } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

/** What a button or a link saves: its name and its bytes. */
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a chart has its table, its files and its words', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/schools/edu000107?year=2024&scores=vpr-mathematics-5-5');
  const chart = page.getByRole('img', { name: /ВПР, математика, 5 класс: 25 учеников/ });
  await chart.waitFor();
  const figure = page.getByRole('figure').filter({ has: chart });
  const save = async (what) => {
    await figure.getByRole('button', { name: /Сохранить/ }).click();
    return saved(page, () => page.getByRole('menuitem', { name: what }).click());
  };
  const svg = await save('Рисунок SVG');
  assert.match(svg.name, /^Распределение баллов_ ВПР, математика, 5 класс, \d\d\.\d\d\.\d{4}\.svg$/);
  assert.ok(svg.bytes.toString().startsWith('<svg'));
  const png = await save('Рисунок PNG');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  const csv = await save('Таблица CSV');
  assert.match(csv.bytes.toString(), /^\ufeffБалл;Учеников\r\n0;/);
  assert.equal((await save('Таблица Excel')).bytes.subarray(0, 2).toString(), 'PK');
  await figure.getByText('Таблица', { exact: true }).click();
  await page.getByRole('table', { name: /Распределение баллов/ }).waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' }); // It fades out.
  assert.deepEqual(await brokenRules(page), []);
  assert.deepEqual(troubles, []);
  await close();
});

test('a table goes out as it is seen: with its filters, in its order, named after page, territory and day', async () => {
  const { page, close } = await office.enter('methodist');
  await open(page, office.address, '/identification?verdict=listed');
  await page.getByRole('button', { name: /^Вероятность/ }).click();
  await page.getByRole('columnheader', { name: /Вероятность/ }).and(page.locator('[aria-sort=ascending]')).waitFor();
  await page.getByRole('button', { name: 'Сохранить таблицу' }).click();
  const csv = await saved(page, () => page.getByRole('menuitem', { name: 'CSV' }).click());
  assert.match(csv.name, /^Перечень по методике federal-2025, 2023_24, .*, \d\d\.\d\d\.\d{4}\.csv$/);
  const lines = csv.bytes.toString().trim().split('\n');
  assert.equal(lines.length, 8);
  assert.match(lines[1], /Ручейковская СОШ/); // The least sure of the seven.
  await close();
});

test('a list row, its derivation and the rows of the protocol are two clicks apart; all of it by keyboard', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/identification');
  await page.getByRole('link', { name: 'Ручейковская СОШ' }).click();
  await page.getByText('8 из 25').first().waitFor();
  assert.equal(await page.getByText('--format').count(), 0);
  const closed = page.getByText(/ВПР, математика, 4 класс: не преодолели/);
  await closed.focus();
  await page.keyboard.press('Enter');
  await page.getByText(/Источник: «Ф1 МА4/).waitFor();
  await page.getByRole('link', { name: 'Показать строки' }).first().click();
  await page.getByRole('heading', { name: 'Протокол: ВПР, математика, 5 класс, 2023/24' }).waitFor();
  await page.getByText('25 строк', { exact: true }).waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('a pair is settled, the rest is chosen around it, and the address keeps it', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/pairs');
  await page.getByText('6 пар, без пары 1 школа').waitFor();
  const row = page.getByRole('row', { name: /Ручейковская СОШ/ });
  await row.getByRole('button', { name: 'Закрепить' }).click();
  await row.getByText('закреплена').waitFor();
  await page.reload();
  await row.getByText('закреплена').waitFor();
  await row.getByRole('button', { name: 'Освободить' }).click();
  await row.getByText('предложена').waitFor();
  await row.getByRole('button', { name: 'Исключить' }).click();
  await page.getByText('Исключённые пары', { exact: true }).waitFor();
  await row.getByText('Журавлеветерковская СОШ').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await row.getByText('Журавлеветерковская СОШ').waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('a filter is kept under a name and comes back', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/schools?text=ООШ&sort=-name');
  await page.getByRole('button', { name: 'Мои отборы' }).click();
  await page.getByRole('menuitem', { name: 'Сохранить этот отбор…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Название' }).fill('Основные школы');
  await page.getByRole('dialog').getByRole('button', { name: 'Сохранить', exact: true }).click();
  await open(page, office.address, '/schools');
  await page.getByRole('button', { name: 'Мои отборы' }).click();
  await page.getByRole('menuitem', { name: 'Основные школы' }).click();
  await page.waitForURL(/sort=-name/);
  await page.getByRole('link', { name: /гимназия/ }).waitFor({ state: 'detached' });
  const names = await page.getByRole('table').getByRole('link').allTextContents();
  assert.ok(names.length > 0 && names.every((name) => name.includes('ООШ')));
  assert.deepEqual(troubles, []);
  await close();
});

test('ratings are off and nothing leads to them', async () => {
  const { page, close } = await office.enter('methodist');
  await open(page, office.address, '/rating');
  await page.getByText('Рейтинги выключены').waitFor();
  assert.equal(await page.getByRole('table').count(), 0);
  await close();
});

test('the first page brings less than 250 KB of scripts, and the library of charts comes with the first chart', async () => {
  const { page, close } = await office.enter('methodist');
  const context = await office.browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 800 } });
  await context.addCookies(await page.context().cookies());
  const fresh = await context.newPage();
  const sizes = [];
  const charts = [];
  fresh.on('response', (response) => {
    if (!response.url().endsWith('.js')) return;
    if (response.url().includes('ChartCanvas')) charts.push(response.url());
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await open(fresh, office.address, '/');
  const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
  assert.ok(bytes > 50_000 && bytes < 250_000, `${bytes} bytes`);
  assert.equal(charts.length, 0);
  await fresh.getByRole('heading', { name: 'Результаты территории' }).scrollIntoViewIfNeeded();
  await fresh.getByRole('img', { name: /^ВПР\. Качество знаний/ }).waitFor();
  assert.equal(charts.length, 1);
  await context.close();
  await close();
});
