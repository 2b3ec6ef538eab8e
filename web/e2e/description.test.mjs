// Every answer of the demonstration district is as the description of the addresses says: no field more, none less.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openOffice } from './office.mjs';

let office;
before(async () => (office = await openOffice()));
after(() => office?.close());

const values = { school: 'edu000107', methodology: 'federal-2025' };

class Description {
  constructor(whole) {
    this.whole = whole;
  }
  resolve(schema) {
    while (schema.$ref) schema = schema.$ref.slice(2).split('/').reduce((at, name) => at[name], this.whole);
    return schema;
  }
  /** `allOf` as one object with the fields of all. */
  merged(schema) {
    schema = this.resolve(schema);
    if (!schema.allOf) return schema;
    const parts = schema.allOf.map((part) => this.merged(part));
    return { type: 'object', properties: Object.assign({}, ...parts.map((part) => part.properties)), required: parts.flatMap((part) => part.required ?? []) };
  }
  faults(value, schema, place = '$') {
    const one = this.merged(schema);
    const choices = one.oneOf ?? one.anyOf;
    if (choices) return choices.some((part) => this.faults(value, part).length === 0) ? [] : [`${place} fits no choice`];
    if (one.type && ![one.type].flat().some((type) => isOfType(value, type))) return [`${place} is no ${one.type}`];
    if (one.enum && !one.enum.includes(value)) return [`${place} = ${value} is none of the described values`];
    if (Array.isArray(value)) return value.flatMap((item) => this.faults(item, one.items ?? {}, `${place}[]`));
    if (value === null || typeof value !== 'object' || (!one.properties && !one.additionalProperties)) return [];
    const missing = (one.required ?? []).filter((name) => !(name in value)).map((name) => `${place}.${name} is missing`);
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      if (one.properties?.[name]) return this.faults(field, one.properties[name], `${place}.${name}`);
      if (one.additionalProperties === true) return [];
      return one.additionalProperties ? this.faults(field, one.additionalProperties, `${place}.${name}`) : [`${place}.${name} is not described`];
    });
    return [...missing, ...wrong];
  }
}

function isOfType(value, type) {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}

for (const login of ['methodist', 'head', 'admin']) {
  test(`answers of the demonstration to ${login} are as described`, async () => {
    const { page, close } = await office.enter(login);
    const ask = (path) => page.evaluate(async (address) => {
      const response = await fetch(address);
      return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
    }, `/api/v1${path}`);
    const description = new Description(JSON.parse((await ask('/openapi.json')).text));
    let compared = 0;
    for (const [path, { get }] of Object.entries(description.whole.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      if (!get || names.some((name) => !values[name])) continue;
      const { status, type, text } = await ask(path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]));
      if (!type.includes('json')) continue;
      const described = get.responses[status] ?? get.responses.default;
      const [[, content]] = Object.entries(description.resolve(described).content).filter(([name]) => type.startsWith(name));
      const faults = description.faults(JSON.parse(text), content.schema ?? {});
      assert.deepEqual([...new Set(faults)], [], `${path} (${status})`);
      assert.ok(status === 200 || status === 403 || status === 404, `${path} (${status})`);
      compared += status === 200 ? 1 : 0;
    }
    assert.ok(compared > 8, `${compared} answers`);
    await close();
  });
}
