// Values of the file of vectors, by their types.

const NARROW = new Set(['i8', 'i16', 'i32', 'u8', 'u16', 'u32']);
const WIDE = new Set(['i64', 'u64', 'isize', 'usize']);
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
    if (kind === 'list') {
        return json.map((item) => value(schema, inner, item));
    }
    if (kind === 'named') {
        return named(schema, schema.types.get(inner), json);
    }
    return kind === 'option' && json === null ? null : value(schema, inner, json);
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
