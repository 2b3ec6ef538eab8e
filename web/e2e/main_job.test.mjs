// The main job: from coming in to a justified list, and from a line of it to the rows of a protocol.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { open, openOffice } from './office.mjs';

let office;
/** Indicators that were computed elsewhere: one under a code, one under a title. */
function bringIndicators(program, district, env) {
  const file = `${district}-indicators.csv`;
  writeFileSync(file, 'school_id,year,indicator,value,n\nedu000107,2024,api00,712.5,140\nedu000107,2024,Победители олимпиад,3,140\n');
  execFileSync(program, ['import', district, file], { env });
}

before(async () => (office = await openOffice({ prepare: bringIndicators })));
after(() => office?.close());

test('from login to a justified list in three clicks, and to the row of a protocol in three more', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await page.getByRole('link', { name: 'Выявление', exact: true }).click();
  await page.getByText('В перечне 7 школ из 20').waitFor();
  await page.getByRole('link', { name: 'Ручейковская СОШ' }).click();
  await page.getByText('8 из 25').first().waitFor();
  await page.getByText(/строк[аи] \d+/).first().waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('a threshold is moved: who enters and who leaves is seen at once, and nothing is kept', async () => {
  const { page, close } = await office.enter('methodist');
  await open(page, office.address, '/identification?methodology=federal-2025&year=2024');
  await page.getByRole('button', { name: 'Другие параметры' }).click();
  const limit = page.getByLabel(/с которой процедура считается низкой/);
  await limit.fill('50 %');
  await limit.press('Enter');
  await page.getByText(/В перечне сейчас 7, станет \d/).waitFor();
  await page.getByText(/Выйдут: [1-7]/).waitFor();
  await limit.fill('много');
  await limit.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.reload();
  await page.getByText('В перечне 7 школ из 20').waitFor();
  await close();
});

test('filters live in the address', async () => {
  const { page, close } = await office.enter('methodist');
  await open(page, office.address, '/identification?verdict=listed&text=СОШ');
  const names = await page.getByRole('table').getByRole('link').allTextContents();
  assert.ok(names.length > 0 && names.length < 7);
  assert.ok(names.every((name) => name.includes('СОШ')));
  await close();
});

test('a head of school sees one school, and another is as if it were not there', async () => {
  const { page, close } = await office.enter('head');
  await open(page, office.address, '/schools');
  assert.deepEqual(await page.getByRole('table').getByRole('link').allTextContents(), ['Ручейковская СОШ']);
  await page.goto(office.address + '/schools/edu000101');
  await page.getByRole('alert').waitFor();
  await close();
});

test('the page of a school says what each methodology concludes, with the way to the derivation', async () => {
  const { page, troubles, close } = await office.enter('district');
  await page.goto(office.address + '/schools/edu000107?year=2024');
  const verdict = page.locator('.verdict').filter({ hasText: 'по двум и более оценочным процедурам' });
  await verdict.getByText('включена в перечень', { exact: true }).waitFor();
  await verdict.getByText(/выявлена, ненадёжно \(\d+,\d/).waitFor();
  await page.locator('.verdict').filter({ hasText: 'педагогов с низкими результатами' }).getByText(/Педагогов в перечне \d+ из \d+/).waitFor();
  const row = (name) => page.getByRole('row', { name });
  assert.equal(await row('«api00»').getByRole('cell').nth(1).textContent(), '712,5');
  assert.equal(await row('Победители олимпиад').getByRole('cell').nth(1).textContent(), '3');
  await verdict.getByRole('link').click();
  await page.getByText('Включена в перечень: выполнено условие A').first().waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test('an account is made, its link works once, and the person comes in', async () => {
  const { page, close } = await office.enter('admin');
  await open(page, office.address, '/users');
  await page.getByRole('button', { name: 'Завести' }).click();
  await page.getByLabel('Фамилия, имя, отчество').fill('<script>alert(1)</script>');
  await page.getByLabel('Имя для входа').fill('new.person');
  await page.getByRole('button', { name: 'Завести и получить ссылку' }).click();
  const link = await page.getByText('/ticket/').textContent();
  await page.getByRole('cell', { name: '<script>alert(1)</script>' }).waitFor();

  const context = await office.browser.newContext({ locale: 'ru-RU' });
  const other = await context.newPage();
  await other.goto(link);
  await other.getByRole('textbox', { name: 'Пароль' }).fill('очень длинный пароль');
  await other.getByRole('textbox', { name: 'Ещё раз' }).fill('очень длинный пароль');
  await other.getByRole('button', { name: 'Сохранить и войти' }).click();
  await other.getByRole('button', { name: 'Выйти' }).click();
  await other.getByLabel('Имя для входа').waitFor();
  await other.goto(link);
  await other.getByRole('textbox', { name: 'Пароль' }).fill('ещё один длинный пароль');
  await other.getByRole('textbox', { name: 'Ещё раз' }).fill('ещё один длинный пароль');
  await other.getByRole('button', { name: 'Сохранить и войти' }).click();
  await other.getByText('Ссылка не действует', { exact: true }).waitFor();
  await context.close();
  await close();
});
