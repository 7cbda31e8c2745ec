// Values out of CBOR that hold several others: tuples, arrays, maps and sets.
//
// - A map whose keys are primitive values is a `Map`, and a set of such is a `Set`; what has others is an array.
// - Keys, and the values of a set, are told from each other as they were sent, in whatever form that is.

import { Fault, within } from './fault.js';

/** An array of exactly these values, whose faults are told by these names. */
export function elements(reads) {
    const wrong_length = () => new Fault(`expected a list of ${reads.length}`);
    return (reader) => {
        const found = [];
        for (const index of reader.list()) {
            if (index === reads.length) {
                throw wrong_length();
            }
            const [step, read] = reads[index];
            found.push(within(step, () => read(reader)));
        }
        if (found.length < reads.length) {
            throw wrong_length();
        }
        return found;
    };
}

/** An array with an element of each of these types. */
export function tuple_of(reads) {
    return elements(reads.map((read, index) => [String(index), read]));
}

/** A list of any length. */
export function list_of(read) {
    return (reader) => Array.from(reader.list(), (index) => within(`[${index}]`, () => read(reader)));
}

/** A list of so many values. */
export function array_of(read, count) {
    return (reader) => {
        const found = [];
        for (const index of reader.list()) {
            if (index === count) {
                throw new Fault(`expected a list of ${count}`);
            }
            found.push(within(`[${index}]`, () => read(reader)));
        }
        if (found.length < count) {
            throw new Fault(`expected a list of ${count}`);
        }
        return found;
    };
}

/** So many bytes. */
export function array_of_bytes(count) {
    return (reader) => {
        const found = reader.bytes();
        if (found.length !== count) {
            throw new Fault(`expected ${count} bytes`);
        }
        return found;
    };
}

/** A map as a `Map`. */
export function map_of(key, value) {
    return (reader) => {
        const found = new Map();
        for (const index of reader.map()) {
            const made = part(reader, index, 'key', key);
            if (found.has(made)) {
                throw twice(index);
            }
            found.set(made, part(reader, index, 'value', value));
        }
        return found;
    };
}

/** A map as an array of its keys and values. */
export function pairs_of(key, value) {
    return (reader) => {
        const known = new Set();
        const found = [];
        for (const index of reader.map()) {
            const { at } = reader;
            const made = part(reader, index, 'key', key);
            const told = sent(reader, at, made, key);
            if (known.has(told)) {
                throw twice(index);
            }
            known.add(told);
            found.push([made, part(reader, index, 'value', value)]);
        }
        return reader.is_exact ? ordered(found) : found;
    };
}

/** A set as a `Set`. */
export function set_of(read) {
    return (reader) => {
        const found = new Set();
        for (const index of reader.list()) {
            const made = within(`[${index}]`, () => read(reader));
            if (found.has(made)) {
                throw new Fault('stands twice').at(`[${index}]`);
            }
            found.add(made);
        }
        return found;
    };
}

/** A set as an array. */
export function distinct(read) {
    return (reader) => {
        const known = new Set();
        const found = [];
        for (const index of reader.list()) {
            const { at } = reader;
            const made = within(`[${index}]`, () => read(reader));
            const told = sent(reader, at, made, read);
            if (known.has(told)) {
                throw new Fault('stands twice').at(`[${index}]`);
            }
            known.add(told);
            found.push(made);
        }
        return reader.is_exact ? ordered(found) : found;
    };
}

function part(reader, index, step, read) {
    return within(`[${index}]`, () => within(step, () => read(reader)));
}

function twice(index) {
    return new Fault('stands twice').at('key').at(`[${index}]`);
}

// The identity of what was read from this place, as fine as it was sent.
function sent(reader, at, made, read) {
    return identity(reader.is_exact ? made : reader.exactly(at, read));
}

// What is the same in whatever order it came.
function ordered(values) {
    return values.map(identity).sort();
}

// A text that only the values that are the same have, of all values of a type.
function identity(value) {
    if (typeof value === 'string') {
        return JSON.stringify(value);
    }
    if (typeof value !== 'object' || value === null) {
        return String(value);
    }
    if (value instanceof Uint8Array) {
        return Buffer.from(value).toString('hex');
    }
    if (value instanceof Map || value instanceof Set) {
        return identity(ordered([...value]));
    }
    return `[${(Array.isArray(value) ? value : Object.values(value)).map(identity).join()}]`;
}
