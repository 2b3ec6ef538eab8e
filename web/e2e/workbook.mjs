// As much of xlsx as a person does with a file of failed rows: a text in it is replaced by another.
import { crc32, inflateRawSync } from 'node:zlib';

function entriesOf(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); ++i) {
    const [method, packed, nameSize] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const head = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameSize);
    const begin = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const raw = bytes.subarray(begin, begin + packed);
    entries.push({ name, data: method === 0 ? raw : inflateRawSync(raw) });
    at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** A zip whose entries are not compressed. */
function zip(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name)]));
    parts.push(head);
    offset += head.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from('PK\x05\x06'), end]);
}

/** The workbook with every `from` in its texts replaced by `to`; an error when there is none. */
export function mended(bytes, from, to) {
  let met = 0;
  const entries = entriesOf(bytes).map(({ name, data }) => {
    if (!/\.xml$/.test(name)) return { name, data };
    const text = data.toString('utf8');
    met += text.split(from).length - 1;
    return { name, data: Buffer.from(text.replaceAll(from, to)) };
  });
  if (met === 0) throw new Error(`«${from}» is not in the workbook`);
  return zip(entries);
}

/** The text of one part of an Office file, without its marks. */
export function textOfPart(bytes, name) {
  const part = entriesOf(bytes).find((one) => one.name === name);
  return part.data.toString('utf8').replaceAll(/<\/w:p>/g, '\n').replaceAll(/<[^>]+>/g, '');
}
