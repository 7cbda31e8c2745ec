// Answers and events from CBOR, as the types of the schema say: integers of 64 bits are always `bigint`s,
// whatever their value.
//
// - What is malformed, missing, twice there, of another type or out of range is an error that says where.

import { any } from './any.js';
import { FfiError } from './errors.js';
import { Fault, within } from './fault.js';
import { Reader } from './reader.js';
import { SCALARS } from './scalars.js';
import { held_by, is_keyed } from './schema.js';
import { array_of, array_of_bytes, distinct, list_of, map_of, pairs_of, set_of, tuple_of } from './several.js';

/** Reads the answers of one library. */
export class Decoder {
    #types;
    #named = new Map();
    #payloads;

    constructor(schema) {
        this.#types = schema.types;
        this.#payloads = new Map(schema.events.map((it) => [it.name, this.converter(it.payload)]));
    }

    /** What reads the CBOR of a type's value; `source` is for the errors. */
    reader(source, type) {
        const read = this.converter(type);
        return (bytes) => readable(source, 'its answer', () => new Reader(bytes).whole(read));
    }

    /** The name and payload of an event, which is this one if one is expected. */
    event(source, expected, bytes) {
        const read = (reader) => this.#event(expected, reader);
        return readable(source, 'an event', () => new Reader(bytes).whole(read));
    }

    #event(expected, reader) {
        const found = {};
        const readers = {
            eventType: () => named(expected, reader.text()),
            payload: () => this.#told(found.eventType, reader),
        };
        for (const _ of reader.map()) {
            const key = reader.key();
            if (key !== 'eventType' && key !== 'payload') {
                reader.skip();
            } else if (key in found) {
                throw new Fault('stands twice').at(key);
            } else {
                found[key] = within(key, readers[key]);
            }
        }
        const missing = ['eventType', 'payload'].find((key) => !(key in found));
        if (missing !== undefined) {
            throw new Fault('is missing').at(missing);
        }
        const { eventType: name, payload } = found;
        const read = () => reader.elsewhere(payload.place, this.#payload(name));
        return { name, payload: payload.place === undefined ? payload.value : within('payload', read) };
    }

    // The payload of this event; its place, where its name comes later.
    #told(name, reader) {
        const place = reader.at;
        if (name !== undefined) {
            return { value: reader.afresh(this.#payload(name)) };
        }
        reader.afresh((it) => it.skip());
        return { place };
    }

    #payload(name) {
        return this.#payloads.get(name) ?? any;
    }

    /** What takes a type's value off a reader. */
    converter(type) {
        if (type === null) {
            return nothing;
        }
        if (typeof type === 'string') {
            return SCALARS.get(type).read;
        }
        const [[kind, inner]] = Object.entries(type);
        if (kind === 'named') {
            return this.#of_name(inner);
        }
        const reads = held_by(type).map((held) => this.converter(held));
        const [read] = reads;
        switch (kind) {
            case 'list':
                return list_of(read);
            case 'option':
                return (reader) => (reader.null() ? null : read(reader));
            case 'tuple':
                return tuple_of(reads);
            case 'array':
                return inner[0] === 'u8' ? array_of_bytes(inner[1]) : array_of(read, inner[1]);
            case 'map':
                return is_keyed(this.#types, type) ? map_of(...reads) : pairs_of(...reads);
            case 'set':
                return is_keyed(this.#types, type) ? set_of(read) : distinct(read);
        }
        return read;
    }

    #of_name(name) {
        const { fields, variants, data } = this.#types.get(name);
        if (variants) {
            return enumeration(name, new Set(variants.map((variant) => variant.name)));
        }
        if (!this.#named.has(name)) {
            // A type may contain itself: it is found here while its fields are looked at.
            let read;
            this.#named.set(name, (reader) => read(reader));
            read = data ? data_enum(name, data.map((variant) => [variant.name, this.#held(variant)])) : this.#fields(fields);
        }
        return this.#named.get(name);
    }

    #fields(fields) {
        return record(fields.map((field) => [field, this.converter(field.type)]));
    }

    // What reads what a variant holds, as the properties beside `type`; of one that holds nothing there is none.
    #held({ payload, fields }) {
        switch (payload) {
            case 'value': {
                const read = this.converter(fields[0].type);
                return (reader) => ({ value: read(reader) });
            }
            case 'tuple': {
                const read = tuple_of(fields.map((field) => this.converter(field.type)));
                return (reader) => ({ values: reader.inside(read) });
            }
            case 'fields': {
                const read = this.#fields(fields);
                return (reader) => reader.inside(read);
            }
        }
        return null;
    }
}

/** What bytes hold that no type is known of. */
export function cbor(source, bytes) {
    return readable(source, 'its answer', () => new Reader(bytes).whole(any));
}

function readable(source, what, read) {
    try {
        return read();
    } catch (fault) {
        throw new FfiError(`${source}: ${what} cannot be read: ${fault.message}`, { cause: fault });
    }
}

function named(expected, name) {
    if (expected !== null && expected !== name) {
        throw new Fault(`is another event, ${JSON.stringify(name)}`);
    }
    return name;
}

function nothing(reader) {
    if (!reader.null()) {
        throw new Fault('expected null');
    }
    return null;
}

function enumeration(name, variants) {
    return (reader) => {
        const text = reader.text();
        if (!variants.has(text)) {
            throw new Fault(`${JSON.stringify(text)} is no ${name}`);
        }
        return text;
    };
}

function record(fields) {
    const known = new Map(fields.map(([{ name }, read]) => [name, read]));
    return (reader) => {
        const found = new Map();
        for (const _ of reader.map()) {
            const key = reader.key();
            const read = known.get(key);
            if (read === undefined) {
                reader.skip();
            } else if (found.has(key)) {
                throw new Fault('stands twice').at(key);
            } else {
                found.set(
                    key,
                    within(key, () => read(reader)),
                );
            }
        }
        const missing = fields.find(([{ name, is_optional }]) => !is_optional && !found.has(name));
        if (missing !== undefined) {
            throw new Fault('is missing').at(missing[0].name);
        }
        return Object.fromEntries(fields.map(([{ name, property }]) => [property, found.get(name) ?? null]));
    };
}

function data_enum(name, variants) {
    const known = new Map(variants);
    return (reader) => {
        let found;
        for (const stands_alone of reader.variant()) {
            const type = reader.text();
            if (found !== undefined) {
                throw new Fault('expected one variant');
            }
            if (!known.has(type)) {
                throw new Fault(`${JSON.stringify(type)} is no ${name}`);
            }
            found = { type, ...within(type, () => held(reader, known.get(type), stands_alone)) };
        }
        if (found === undefined) {
            throw new Fault('expected one variant');
        }
        return found;
    };
}

// What a variant holds. One that holds nothing is its name alone, or has null.
function held(reader, read, stands_alone) {
    if (read === null) {
        return stands_alone ? null : nothing(reader);
    }
    if (stands_alone) {
        throw new Fault('stands alone, and must hold something');
    }
    return read(reader);
}
