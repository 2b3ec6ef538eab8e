// Joins src/opora/api/openapi/*.yaml into the one OpenAPI 3.1 file that the program serves and the pages' types come from.
//
//   node tools/join_openapi.mjs FOLDER PROBLEM_CODES.cpp OUT.json
//
// common.yaml is the frame; every other file holds the `paths`, `schemas` and shared `responses` of one resource under one `tag`. What each
// operation says the same way is added here: its id, the parameters of its braces, the security that `x-who` asks for, the
// problem that any request may be answered with, and, where `x-table` says so, the choices and files of every table. The codes of problems are those of the C++ table.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { parse } = createRequire(join(process.cwd(), 'package.json'))('yaml');
const [folder, codes, out] = process.argv.slice(2);
const read = (name) => parse(readFileSync(join(folder, name), 'utf8'));

/** Adds entries and refuses a name that is taken already. */
function add(target, entries, file) {
  for (const [name, entry] of Object.entries(entries ?? {})) {
    if (target[name]) throw new Error(`${file}: ${name} is described twice`);
    target[name] = entry;
  }
}

/** Every table is searched, ordered and taken as a file in one way (src/opora/api/table_answer.hpp). */
const tableParameters = [
  { name: 'format', in: 'query', description: 'Файл с тем, что видно', schema: { type: 'string', enum: ['json', 'csv', 'xlsx'] } },
  { name: 'text', in: 'query', description: 'Только строки с этим текстом', schema: { type: 'string' } },
  { name: 'sort', in: 'query', description: 'Код столбца; с минусом по убыванию', schema: { type: 'string' } },
];
const fileTypes = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];

function withFiles(responses) {
  const content = { ...responses[200].content };
  for (const type of fileTypes) content[type] = { schema: { type: 'string', contentEncoding: 'binary' } };
  return { ...responses, 200: { ...responses[200], content } };
}

function securityOf(who, method) {
  if (who === 'anyone') return [];
  return method === 'get' ? [{ session: [] }] : [{ session: [], csrf: [] }];
}

function complete(method, path, operation, tag) {
  const braces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const words = path.replaceAll(/[{}]/g, '').split(/[/.\-]/).filter(Boolean);
  return {
    operationId: [method, ...words].join('_'),
    tags: [tag],
    ...operation,
    parameters: [...braces, ...(operation.parameters ?? []), ...(operation['x-table'] ? tableParameters : [])],
    security: securityOf(operation['x-who'], method),
    ...(operation.requestBody && { requestBody: { required: true, ...operation.requestBody } }),
    responses: { ...(operation['x-table'] ? withFiles(operation.responses) : operation.responses), default: { $ref: '#/components/responses/problem' } },
  };
}

const whole = { ...read('common.yaml'), tags: [], paths: {} };
const { schemas } = whole.components;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'common.yaml').sort()) {
  const part = read(file);
  whole.tags.push({ name: part.tag });
  for (const [path, operations] of Object.entries(part.paths)) {
    whole.paths[path] ??= {};
    const completed = Object.entries(operations).map(([method, operation]) => [method, complete(method, path, operation, part.tag)]);
    add(whole.paths[path], Object.fromEntries(completed), file);
  }
  add(schemas, part.schemas, file);
  add(whole.components.responses, part.responses, file);
}
schemas.ProblemCode = {
  type: 'string',
  enum: [...readFileSync(codes, 'utf8').matchAll(/^ {4}\{"(\w+)", \d{3}/gm)].map(([, code]) => code),
};
writeFileSync(out, JSON.stringify(whole));
