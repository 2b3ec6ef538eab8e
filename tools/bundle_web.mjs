// Packs the built pages into one file that is compiled into the program (src/opora/main/web_assets.cpp reads it).
//
//   node tools/bundle_web.mjs FOLDER OUT
//
// OUT: a line per file «path \t content type \t etag \t immutable \t offset \t size \t gzip offset \t gzip size», an empty
// line, then the bytes that the offsets count from. Names with a hash never change their content; the page itself does.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const [folder, out] = process.argv.slice(2);
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  .sort();

const lines = [];
const parts = [];
let offset = 0;
function place(bytes) {
  const begin = offset;
  parts.push(bytes);
  offset += bytes.length;
  return begin;
}

for (const name of names) {
  const type = types[extname(name)];
  if (!type) throw new Error(`no content type for ${name}`);
  const bytes = readFileSync(join(folder, name));
  const packed = extname(name) === '.woff2' ? Buffer.alloc(0) : gzipSync(bytes, { level: 9 });
  const path = name === 'index.html' ? '/' : `/${name}`;
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  const immutable = name.startsWith('assets/') ? 1 : 0;
  lines.push([path, type, etag, immutable, place(bytes), bytes.length, place(packed), packed.length].join('\t'));
}
writeFileSync(out, Buffer.concat([Buffer.from(lines.join('\n') + '\n\n'), ...parts]));
