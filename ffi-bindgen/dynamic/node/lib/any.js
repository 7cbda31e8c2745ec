// Values that no type is known of.

import { Fault, within } from './fault.js';
import { BYTES, FALSE, LIST, MAP, NEGATIVE, NULL, OTHER, TEXT, TRUE } from './reader.js';

/** One value, whatever it is: of a map, the entries whose keys are texts. */
export function any(reader) {
    return reader.whatever(whatever);
}

function whatever(reader) {
    const { major, info, is_bignum } = reader.peek();
    if (is_bignum || major <= NEGATIVE || (major === OTHER && info >= 25)) {
        const { integer, float } = reader.number();
        return integer ?? float;
    }
    switch (major) {
        case BYTES:
            return reader.bytes();
        case TEXT:
            return reader.text();
        case LIST:
            return Array.from(reader.list(), () => whatever(reader));
        case MAP:
            return map(reader);
    }
    reader.skip();
    return info === FALSE ? false : info === TRUE ? true : info === NULL ? null : undefined;
}

function map(reader) {
    const found = new Map();
    for (const _ of reader.map()) {
        const key = reader.key();
        if (key === null) {
            reader.skip();
        } else if (found.has(key)) {
            throw new Fault('stands twice').at(key);
        } else {
            found.set(
                key,
                within(key, () => whatever(reader)),
            );
        }
    }
    return Object.fromEntries(found);
}
