// Data in the browser: a messy file is sent, mended, imported, undone, imported again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice, overflow } from './office.mjs';
import { mended } from './workbook.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

const file = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n') + '\n') });

/** Results of a year that the demonstration lacks: what comes and goes is seen by the years. */
function messy() {
  const lines = ['school_id,subject,grade,year,class,score,mark'];
  for (let pupil = 0; pupil < 12; ++pupil) lines.push(`edu000107,russian,5,2019,5А,${10 + pupil},4`);
  lines.push('edu000107,russian,5,2019,5А,7,9', 'нет-такой,russian,5,2019,5А,7,3');
  return file('Протоколы с ошибками.csv', lines);
}

const years = (page) => page.evaluate(async () => (await (await fetch('/api/v1/territories')).json()).years.map((one) => one.year));

async function choose(page, ...files) {
  await page.getByLabel('Файлы для загрузки').setInputFiles(files);
}

test('a messy file: errors, failed rows, mending, undo and import again', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await page.getByRole('link', { name: 'Данные' }).click();
  await choose(page, messy());
  await page.getByText('есть ошибки').waitFor();
  await page.getByText('новых 12').waitFor();
  assert.ok(!(await years(page)).includes(2019), 'a check writes nothing');

  await page.getByRole('button', { name: 'Ошибки: 2' }).click();
  const errors = page.getByRole('table', { name: /^Ошибки файла/ });
  await errors.getByText('нет-такой').waitFor();
  assert.equal(await errors.getByRole('row').count(), 3);
  assert.deepEqual(await brokenRules(page), []);
  await page.getByRole('combobox', { name: 'Что не так' }).click();
  await page.getByRole('option', { name: /такой школы нет/i }).click();
  await page.getByText('Показано 1 из 1').waitFor();

  const waited = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Скачать строки с ошибками' }).click();
  const download = await waited;
  assert.match(download.suggestedFilename(), /строки с ошибками\.xlsx$/);
  const failed = readFileSync(await download.path());

  await page.getByRole('button', { name: 'Загрузить только верные строки' }).click();
  await page.getByText('Данные загружены').waitFor();
  await page.getByText(/загружено: 12.строк/).waitFor();
  assert.deepEqual(await brokenRules(page), []);
  assert.ok((await years(page)).includes(2019), 'pages see the new data');

  await page.getByRole('button', { name: 'Загрузить другие файлы' }).click();
  const right = mended(mended(failed, 'нет-такой', 'edu000107'), '>9<', '>5<');
  await choose(page, { name: 'Исправленные строки.xlsx', mimeType: 'application/octet-stream', buffer: right });
  await page.getByText('можно загружать').waitFor();
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await page.getByText('Данные загружены').waitFor();

  await page.getByRole('button', { name: 'Отменить загрузку' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Отменить загрузку' }).click();
  await page.getByText('Загрузка отменена').waitFor();
  await page.getByRole('tab', { name: 'История' }).click();
  const history = page.getByRole('table', { name: 'История загрузок' });
  await history.getByText('Протоколы с ошибками.csv').waitFor();
  assert.ok(await history.getByText('отменена').count() >= 1);
  await history.getByRole('row').filter({ hasText: 'Протоколы с ошибками.csv' }).getByRole('button', { name: /Отменить/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Отменить загрузку' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(!(await years(page)).includes(2019), 'undone is gone');

  await page.getByRole('tab', { name: 'Загрузка' }).click();
  await page.getByRole('button', { name: 'Загрузить другие файлы' }).click().catch(() => {});
  await choose(page, messy());
  await page.getByRole('button', { name: 'Загрузить только верные строки' }).click();
  await page.getByText('Данные загружены').waitFor();
  assert.ok((await years(page)).includes(2019), 'imported again');
  assert.deepEqual(troubles, []);
  await close();
});

test('a file that changes much asks first; one of no known kind says what to do; a begun import is found again', async () => {
  const { page, troubles, close } = await office.enter('district');
  await open(page, office.address, '/data');
  const lines = ['school_id,subject,grade,year,class,score,mark'];
  for (let pupil = 0; pupil < 25; ++pupil) lines.push(`edu000107,russian,5,2024,5А,${pupil},2`);
  await choose(page, file('Другие результаты.csv', lines), file('Заметки.csv', ['это;не', 'таблица;вовсе']));
  await page.getByText('не прочитан', { exact: true }).waitFor();
  await page.getByText('Меняется много уже загруженных данных').waitFor();
  assert.deepEqual(await brokenRules(page), []);
  const go = page.getByRole('button', { name: 'Загрузить только верные строки' });
  assert.ok(await go.isDisabled());
  await page.reload();
  await page.getByLabel('Изменения верны').check();
  assert.ok(await go.isEnabled());
  await open(page, office.address, '/data');
  await page.getByText('Есть начатые загрузки').waitFor();
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByRole('button', { name: 'Удалить файлы, ничего не загружая' }).click();
  await page.getByText('Есть начатые загрузки').waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
  await close();
});

test('an answer that is late does not hide what the check found', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await page.route(/\/import-batches\/[^/]+\/checks$/, async (route) => {
    await page.waitForTimeout(300);
    return route.continue();
  });
  await page.route(/\/import-batches\/[^/?]+$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    await page.waitForTimeout(1000);
    return route.fulfill({ response: answer });
  });
  await open(page, office.address, '/data');
  await choose(page, messy());
  await page.getByText('есть ошибки').waitFor();
  await page.getByRole('button', { name: 'Удалить файлы, ничего не загружая' }).click();
  await page.getByRole('button', { name: 'Удалить файлы, ничего не загружая' }).waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
  await close();
});

test('templates tell their columns and come as files', async () => {
  const { page, troubles, close } = await office.enter('region');
  await open(page, office.address, '/data?tab=templates');
  await page.getByRole('button', { name: /Реестр школ|Школы/ }).first().click();
  await page.getByRole('cell', { name: 'да' }).first().waitFor();
  const waited = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Скачать шаблон' }).click();
  assert.match((await waited).suggestedFilename(), /^Шаблон.*\.xlsx$/);
  assert.deepEqual(troubles, []);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`the page of data, ${colorScheme}`, async () => {
    const { page, troubles, close } = await office.enter('methodist', { colorScheme });
    for (const path of ['/data', '/data?tab=history', '/data?tab=templates']) {
      await open(page, office.address, path);
      assert.deepEqual(await brokenRules(page), [], path);
      for (const width of [360, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(150);
        assert.ok((await overflow(page)) <= 0, `${path} is wider than ${width} px`);
        if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${colorScheme}-${width}-${path.replaceAll(/\W+/g, '-')}.png`, fullPage: true });
      }
    }
    assert.deepEqual(troubles, []);
    await close();
  });
}
