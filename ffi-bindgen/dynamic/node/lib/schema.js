// The description that a library carries, as this package reads it.
//
// - Keys that are not known are ignored, a higher format is refused: so the format says.

import { LoadError } from './errors.js';
import { SCALARS } from './scalars.js';

/** The highest format of the description that is understood. */
export const FORMAT = 2;

/** The types that hold one other. */
const HOLDING = new Set(['list', 'option', 'box', 'set']);

/** The types whose values are keys of a `Map`, beside enumerations: what is the same by its value. */
const KEYS = new Set([
    ...['i8', 'i16', 'i32', 'i64', 'i128', 'isize', 'u8', 'u16', 'u32', 'u64', 'u128', 'usize'],
    ...['bool', 'char', 'string', 'path', 'ip_addr', 'socket_addr'],
]);

/** What a variant of an enum with data holds, and whether it may have so many fields. */
const PAYLOADS = {
    unit: (fields) => fields === 0,
    value: (fields) => fields === 1,
    tuple: () => true,
    fields: () => true,
};

/** The property that says which variant an object is. */
const TYPE = 'type';

/** Reads a decoded description; `path` is for the errors. */
export function read(path, description) {
    if (!Number.isInteger(description?.format)) {
        throw new LoadError(`${path}: its schema is not one`);
    }
    if (description.format > FORMAT) {
        throw new LoadError(
            `${path}: its schema has format ${description.format}, this package reads up to ${FORMAT}: use a newer one`,
        );
    }
    try {
        return schema(description);
    } catch (fault) {
        throw new LoadError(`${path}: its schema is not one: ${fault.message}`, { cause: fault });
    }
}

function schema(it) {
    const event = ({ name, docs, payload }) => ({ name: a_name(name), docs: a_text(docs), payload: known(payload) });
    const made = {
        name: a_name(it.name),
        version: a_text(it.version),
        docs: a_text(it.docs),
        // Older libraries do not say it; theirs was 1,024.
        event_limit: Number(it.options?.event_limit || 1024),
        functions: it.functions.map((described) => function_(it.name, described)),
        events: (it.events ?? []).map(event),
        types: types(it.types),
    };
    check_names(made);
    return Object.freeze(made);
}

/** The types by the name, or by the path where another type has that name too: so types mention each other. */
function types(described) {
    const counts = new Map();
    described.forEach(({ name }) => counts.set(a_name(name), (counts.get(name) ?? 0) + 1));
    return new Map(described.map((it) => [counts.get(it.name) === 1 ? it.name : a_text(it.path), named(it)]));
}

function a_text(value) {
    if (typeof value !== 'string') {
        throw new TypeError(`a ${typeof value} stands for a text`);
    }
    return value;
}

function a_name(value) {
    if (!/^[\p{ID_Start}_][\p{ID_Continue}_]*$/u.test(a_text(value))) {
        throw new TypeError(`${JSON.stringify(value)} is no name`);
    }
    return value;
}

/** Every type that is named is described. */
function check_names({ functions, events, types }) {
    const members = [...functions.map((fn) => fn.params), ...[...types.values()].map(({ fields }) => fields)].flat();
    const all = [...members.map(({ type }) => type), ...functions.map((fn) => fn.returns), ...functions.map((fn) => fn.error), ...events.map((it) => it.payload)];
    while (all.length > 0) {
        const type = all.pop();
        all.push(...held_by(type));
        if (typeof type?.named === 'string' && !types.has(type.named)) {
            throw new TypeError(`the type ${type.named} is not described`);
        }
    }
    functions.filter((fn) => fn.error !== null).forEach((fn) => failure_of(types, fn.error));
}

/** The type of the error in the record that a function fails with. */
export function failure_of(types, failure) {
    const [message, error, ...more] = types.get(failure.named)?.fields ?? [];
    const is_one = message?.name === 'message' && message.type === 'string' && error?.name === 'error' && more.length === 0;
    if (!is_one || typeof error.type?.named !== 'string') {
        throw new TypeError(`${JSON.stringify(failure)} is no record of a message and an error`);
    }
    return error.type;
}

function function_(library, it) {
    const runs_here = it.kind === 'stateless' || (it.inline ?? false);
    return {
        symbol: a_name(it.name),
        name: short_name(library, it.name),
        kind: a_text(it.kind),
        docs: a_text(it.docs),
        params: it.params.map(member),
        returns: known(it.returns),
        // What it fails with that says more than a text: a record of `message` and `error`.
        error: known(it.error ?? null),
        // Whether it answers on the calling thread, before its symbol returns.
        is_direct: runs_here && !it.is_async,
    };
}

function member({ name, docs, type }) {
    const is_optional = typeof type === 'object' && 'option' in type;
    // The property is what stands for it in an object.
    return { name: a_name(name), property: name, docs: a_text(docs), type: known(type), is_optional };
}

/** A type, or null, as it stands: what it is made of is decided on wherever types are looked at. */
function known(type) {
    const left = type === null ? [] : [type];
    while (left.length > 0) {
        const found = left.pop();
        if (typeof found !== 'string') {
            left.push(...held_by(found));
        } else if (!SCALARS.has(found)) {
            throw new TypeError(`a type is ${found}, which this package does not know`);
        }
    }
    return type;
}

/** The types that a type holds, one that is not described elsewhere. */
export function held_by(type) {
    if (type === null || typeof type === 'string') {
        return [];
    }
    const [[kind, inner]] = Object.entries(type);
    if (kind === 'named') {
        a_text(inner);
        return [];
    }
    if (HOLDING.has(kind)) {
        return [present(inner)];
    }
    if (kind === 'tuple') {
        return several(inner, inner.length);
    }
    if (kind === 'map') {
        return several(inner, 2);
    }
    if (kind === 'array') {
        const [item, count] = inner;
        if (!Number.isSafeInteger(count) || count < 1) {
            throw new TypeError(`an array has ${count} elements`);
        }
        return [present(item)];
    }
    throw new TypeError(`a type is a ${kind}, which this package does not know`);
}

function several(types, count) {
    if (!Array.isArray(types) || types.length !== count) {
        throw new TypeError(`${JSON.stringify(types)} are no types`);
    }
    return types.map(present);
}

function present(type) {
    if (type === null) {
        throw new TypeError('null stands for a type');
    }
    return type;
}

/** Whether a map is a `Map`, or a set a `Set`: what else is one is an array. */
export function is_keyed(types, type) {
    const [key] = held_by(type);
    return KEYS.has(key) || types.get(key.named)?.variants !== undefined;
}

function named({ name, docs, shape }) {
    const { record, enumeration, data_enum } = shape;
    if (record === undefined && enumeration === undefined && data_enum === undefined) {
        throw new TypeError(`${name} is a ${Object.keys(shape)}, which this package does not know`);
    }
    const variant = ({ name, docs, value }) => ({ name: a_name(name), docs: a_text(docs), value });
    const data = data_enum?.variants.map(data_variant);
    return {
        name,
        docs: a_text(docs),
        // Of a record, or of all variants of an enum with data.
        fields: record?.fields.map(member) ?? data?.flatMap(({ fields }) => fields) ?? [],
        variants: enumeration?.variants.map(variant),
        data,
    };
}

function data_variant({ name, docs, payload, fields }) {
    const made = { name: a_name(name), docs: a_text(docs), payload, fields: beside_type(fields.map(member)) };
    if (!Object.hasOwn(PAYLOADS, payload)) {
        throw new TypeError(`${name} holds a ${payload}, which this package does not know`);
    }
    if (!PAYLOADS[payload](fields.length)) {
        throw new TypeError(`${name} is a ${payload} of ${fields.length} fields`);
    }
    return made;
}

/** The fields, of which one that is called `type` has underscores behind it: as many as no other field has. */
function beside_type(fields) {
    const taken = new Set(fields.map(({ name }) => name));
    let free = TYPE;
    while (taken.has(free)) {
        free += '_';
    }
    return fields.map((field) => (field.name === TYPE ? { ...field, property: free } : field));
}

/** The symbol without the library's prefix, where what is left is a name. */
export function short_name(library, symbol) {
    const rest = symbol.startsWith(`${library}_`) ? symbol.slice(library.length + 1) : '';
    return /^[\p{L}_]/u.test(rest) ? rest : symbol;
}

/** Things by property: names that an object has already get underscores. */
export function properties(things, reserved) {
    const taken = new Set(reserved);
    const found = new Map();
    for (const thing of things) {
        let property = thing.name;
        while (taken.has(property)) {
            property += '_';
        }
        taken.add(property);
        found.set(property, thing);
    }
    return found;
}

/** Every property that instances of a class have; with `then`, a context would be taken for a promise. */
export function reserved_by(prototype) {
    const found = new Set(['then']);
    for (let level = prototype; level !== null; level = Object.getPrototypeOf(level)) {
        Object.getOwnPropertyNames(level).forEach((name) => found.add(name));
    }
    return found;
}
