// Takes the pictures of README.ru.md from the demonstration district: docs/screens/*.png. `make screenshots` calls it.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open, openOffice } from './office.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../docs/screens');
const pages = [
  ['overview', 'district', '/'],
  ['identification', 'district', '/identification?methodology=federal-2025'],
  ['explanation', 'district', '/identification/federal-2025/edu000107'],
  ['school', 'district', '/schools/edu000107'],
  ['typology', 'district', '/typology'],
  ['pairs', 'district', '/pairs'],
  ['data', 'district', '/data'],
  ['methodology', 'district', '/methodologies/federal-2025'],
];

mkdirSync(folder, { recursive: true });
const office = await openOffice();
for (const [name, login, path] of pages) {
  const { page, close } = await office.enter(login, { viewport: { width: 1280, height: 860 } });
  await open(page, office.address, path);
  await page.waitForTimeout(700); // Charts draw themselves in.
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}
await office.close();
