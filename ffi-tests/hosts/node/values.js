// Values of the file of vectors, by their types.

const NARROW = new Set(['i8', 'i16', 'i32', 'u8', 'u16', 'u32']);
const WIDE = new Set(['i64', 'u64', 'i128', 'u128', 'isize', 'usize']);
const KEYS = new Set([...NARROW, ...WIDE, 'bool', 'char', 'string', 'path', 'ip_addr', 'socket_addr']);
const FLOATS = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 };

/** What the JSON of a vector stands for. */
export function value(schema, type, json) {
    if (type === null) {
        return undefined;
    }
    if (typeof type === 'string') {
        return scalar(type, json);
    }
    const [[kind, inner]] = Object.entries(type);
    const values = (type, items) => items.map((item) => value(schema, type, item));
    switch (kind) {
        case 'list':
            return values(inner, json);
        case 'tuple':
            return inner.map((type, index) => value(schema, type, json[index]));
        case 'array':
            return inner[0] === 'u8' ? scalar('bytes', json) : values(inner[0], json);
        case 'set':
            return is_key(schema, inner) ? new Set(values(inner, json)) : values(inner, json);
        case 'map': {
            const pairs = Array.isArray(json) ? json : Object.entries(json);
            const entries = pairs.map((pair) => inner.map((type, index) => value(schema, type, pair[index])));
            return is_key(schema, inner[0]) ? new Map(entries) : entries;
        }
    }
    if (kind === 'named') {
        return named(schema, schema.types.get(inner), json);
    }
    return kind === 'option' && json === null ? null : value(schema, inner, json);
}

// Whether a map with such keys is a `Map`.
function is_key(schema, type) {
    return KEYS.has(type) || schema.types.get(type.named)?.variants !== undefined;
}

function scalar(type, json) {
    if (WIDE.has(type)) {
        return BigInt(json);
    }
    if (type === 'f32' || type === 'f64') {
        return typeof json === 'string' ? FLOATS[json] : json;
    }
    if (type === 'bytes') {
        return Uint8Array.from(Buffer.from(json, 'hex'));
    }
    if (type === 'duration') {
        const [, secs, digits = ''] = /^(\d+)(?:\.(\d+))?s$/.exec(json);
        return Number(`${secs}${digits.padEnd(3, '0').slice(0, 3)}.${digits.slice(3)}`);
    }
    if (type === 'time') {
        // What is finer than a millisecond is cut.
        return new Date(json.replace(/(\.\d{3})\d+Z$/, '$1Z'));
    }
    return NARROW.has(type) ? Number(json) : json;
}

function named(schema, { fields, variants, data }, json) {
    if (data !== undefined) {
        return variant(schema, data, json);
    }
    if (variants !== undefined) {
        return json;
    }
    return Object.fromEntries(fields.map(({ name, type }) => [name, value(schema, type, json[name])]));
}

// A variant of an enum with data: its name, or a map of that and what it holds.
function variant(schema, data, json) {
    const [[name, held]] = typeof json === 'string' ? [[json]] : Object.entries(json);
    const { payload, fields } = data.find((variant) => variant.name === name);
    const read = ({ type }, json) => value(schema, type, json);
    switch (payload) {
        case 'value':
            return { type: name, value: read(fields[0], held) };
        case 'tuple':
            return { type: name, values: fields.map((field, index) => read(field, held[index])) };
        case 'fields':
            return { type: name, ...Object.fromEntries(fields.map((it) => [it.property, read(it, held[it.name])])) };
    }
    return { type: name };
}
