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

function named(schema, { fields, variants }, json) {
    if (variants !== undefined) {
        return json;
    }
    return Object.fromEntries(fields.map(({ name, type }) => [name, value(schema, type, json[name])]));
}
