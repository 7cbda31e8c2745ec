// Answers and events from CBOR: integers of 64 bits are always `bigint`s, whatever their value.

import { decode } from 'cborg';
import { FfiError } from './errors.js';
import { WIDE } from './schema.js';

const same = (value) => value;

/** Reads the answers of one library. */
export class Decoder {
    #types;
    #records = new Map();

    constructor(schema) {
        this.#types = schema.types;
    }

    /** What reads the CBOR of a type's value; `source` is for the errors. */
    reader(source, type) {
        const convert = this.converter(type);
        return (bytes) => convert(cbor(source, bytes));
    }

    /** What makes a type's value of what the CBOR holds. */
    converter(type) {
        if (type === null || typeof type === 'string') {
            return WIDE.has(type) ? BigInt : same;
        }
        const [[kind, inner]] = Object.entries(type);
        if (kind === 'named') {
            return this.#named(inner);
        }
        const convert = this.converter(inner);
        if (kind === 'list') {
            return convert === same ? same : (items) => items.map(convert);
        }
        return kind === 'option' && convert !== same ? (value) => (value === null ? null : convert(value)) : convert;
    }

    #named(name) {
        if (!this.#records.has(name)) {
            // A type may contain itself: it is found here while its fields are looked at.
            let changed = [];
            const convert = (record) => {
                for (const [field, inner] of changed) {
                    record[field] = inner(record[field]);
                }
                return record;
            };
            this.#records.set(name, convert);
            changed = this.#types.get(name).fields.map((field) => [field.name, this.converter(field.type)]);
            changed = changed.filter(([, inner]) => inner !== same);
        }
        return this.#records.get(name);
    }
}

/** What CBOR holds. */
export function cbor(source, bytes) {
    try {
        return decode(bytes);
    } catch (fault) {
        throw new FfiError(`${source}: its answer cannot be read: ${fault.message}`, { cause: fault });
    }
}
