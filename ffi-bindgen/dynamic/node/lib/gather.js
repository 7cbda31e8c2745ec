// Values that hold several others, as tokens of CBOR: lists, arrays, tuples, maps and sets.
//
// - Maps and sets are written in the order of their keys' and values' bytes (RFC 8949, 4.2.1), and none may be there twice.

import { types } from 'node:util';
import { fault, kind_of } from './place.js';
import { bytes_written } from './scalars.js';
import { coded, token } from './tokens.js';

/** An array of any length. */
export function list_of(convert) {
    return (value, place) => {
        check_array(value, place);
        const items = Array.from(value, (item, index) => convert(item, [...place, index]));
        return [token('array', items.length), items];
    };
}

/** An array of so many values. */
export function array_of(convert, count) {
    const list = list_of(convert);
    return (value, place) => {
        check_array(value, place);
        check_length(value, place, count);
        return list(value, place);
    };
}

/** So many bytes. */
export function array_of_bytes(count) {
    return (value, place) => {
        const made = bytes_written(value, place, token);
        if (made.value.length !== count) {
            throw fault(place, `expected ${count} bytes, found ${made.value.length}`);
        }
        return made;
    };
}

/** An array with an element of each of these types. */
export function tuple_of(converts) {
    return (value, place) => {
        check_array(value, place);
        check_length(value, place, converts.length);
        return [token('array', converts.length), converts.map((convert, index) => convert(value[index], [...place, String(index)]))];
    };
}

/** A `Map`, or an array of keys and values, whatever the keys are. */
export function map_of(key, value) {
    return (given, place) => {
        const entries = Array.from(pairs(given, place), ([name, held], index) => {
            const [at_key, at_value] = ['key', 'value'].map((step) => [...place, index, step]);
            const tokens = key(name, at_key);
            return { bytes: coded(tokens), place: at_key, tokens: [tokens, value(held, at_value)] };
        });
        return [token('map', entries.length), in_order(entries)];
    };
}

function pairs(given, place) {
    if (types.isMap(given)) {
        return given;
    }
    check_array(given, place, 'a Map or an array of keys and values');
    return Array.from(given, (pair, index) => {
        check_array(pair, [...place, index]);
        check_length(pair, [...place, index], 2);
        return pair;
    });
}

/** A `Set`, or an array, whatever the values are. */
export function set_of(convert) {
    return (given, place) => {
        if (!types.isSet(given)) {
            check_array(given, place, 'a Set or an array');
        }
        const entries = Array.from(given, (value, index) => {
            const at = [...place, index];
            const tokens = convert(value, at);
            return { bytes: coded(tokens), place: at, tokens };
        });
        return [token('array', entries.length), in_order(entries)];
    };
}

// Of what is the same the later one is told: the order is kept.
function in_order(entries) {
    entries.sort((one, other) => Buffer.compare(one.bytes, other.bytes));
    entries.slice(1).forEach((entry, index) => {
        if (Buffer.compare(entry.bytes, entries[index].bytes) === 0) {
            throw fault(entry.place, 'stands twice');
        }
    });
    return entries.map(({ tokens }) => tokens);
}

function check_array(value, place, expected = 'an array') {
    if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof Uint8Array || value instanceof DataView))) {
        throw fault(place, `expected ${expected}, found ${kind_of(value)}`);
    }
}

function check_length(value, place, count) {
    if (value.length !== count) {
        throw fault(place, `expected an array of ${count}, found one of ${value.length}`);
    }
}
