// A pair is settled, and its draft contract is downloaded by who keeps lists, and by nobody else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brokenRules, open, openOffice, overflow } from './office.mjs';
import { textOfPart } from './workbook.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

test('a leader is pinned and the draft contract of the pair is downloaded', async () => {
  const { page, troubles, close } = await office.enter('methodist');
  await open(page, office.address, '/pairs?methodology=federal-2025&year=2024&gap=0&caliper=5');
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Закрепить' }) }).first();
  const school = await row.getByRole('link').textContent();
  await row.getByRole('button', { name: 'Закрепить' }).click();
  const pinned = page.getByRole('row').filter({ hasText: school }).first();
  const link = pinned.getByRole('link', { name: 'Договор (Word)' });
  await link.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(file.suggestedFilename(), /^Договор, edu\d+ и edu\d+\.docx$/);
  const text = textOfPart(readFileSync(await file.path()), 'word/document.xml');
  assert.ok(text.includes(school), 'the contract names the school');
  assert.ok(text.includes('о сотрудничестве школ') && !text.includes('{{'));
  for (const width of [360, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    assert.ok((await overflow(page)) <= 0, `wider than ${width} px`);
  }
  assert.deepEqual(await brokenRules(page), []);
  assert.deepEqual(troubles, []);
  await close();
});

test('a head of school reads pairs and gets no contract', async () => {
  const { page, close } = await office.enter('head');
  const status = await page.evaluate(async () => (await fetch('/api/v1/pairs/edu000107/edu000101/contract?year=2024')).status);
  assert.equal(status, 403);
  await close();
});
