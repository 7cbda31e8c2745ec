// Requests as CBOR.
//
// - Keys come in the order of their declaration, integers and floats in their shortest form, so what is
//   sent is the same for the same arguments.
// - A value that does not fit its type is told with the function and the way to it.

import { encode, Token, Type } from 'cborg';
import { ArgumentError } from './errors.js';
import { SCALARS, fault, kind_of } from './scalars.js';

const NULL = new Token(Type.null, null);
// What is encoded are tokens already.
const OPTIONS = { typeEncoders: { Array: (tokens) => tokens } };

function token(type, value) {
    return new Token(Type[type], value);
}

/** Makes the requests of one library. */
export class Encoder {
    #types;
    #records = new Map();

    constructor(schema) {
        this.#types = schema.types;
    }

    /** What makes a function's request from its arguments by name. */
    request({ symbol, params }) {
        const convert = this.#members(params);
        return (values) => {
            try {
                return encode(convert(values, [symbol]), OPTIONS);
            } catch (fault) {
                if (fault instanceof RangeError) {
                    throw new ArgumentError(`${symbol}: an argument is nested too deeply`);
                }
                throw fault;
            }
        };
    }

    #members(members) {
        const known = members.map((it) => [it.name, new Token(Type.string, it.name), this.converter(it.type), it.is_optional]);
        const names = new Set(members.map((it) => it.name));
        return (value, place) => {
            if (kind_of(value) !== 'an object') {
                throw fault(place, `expected an object, found ${kind_of(value)}`);
            }
            const unknown = Object.keys(value).find((key) => !names.has(key));
            if (unknown !== undefined) {
                throw fault([...place, unknown], `is not known; known are ${[...names].join(', ') || 'no keys'}`);
            }
            const tokens = [new Token(Type.map, known.length)];
            for (const [name, key, convert, is_optional] of known) {
                const inner = Object.hasOwn(value, name) ? value[name] : undefined;
                if (inner === undefined && !is_optional) {
                    throw fault([...place, name], 'is missing');
                }
                tokens.push(key, convert(inner, [...place, name]));
            }
            return tokens;
        };
    }

    /** What checks a value of a type, and makes tokens of it. */
    converter(type) {
        if (typeof type === 'string') {
            const { convert } = SCALARS.get(type);
            return (value, place) => convert(value, place, token);
        }
        const [[kind, inner]] = Object.entries(type);
        if (kind === 'named') {
            return this.#named(inner);
        }
        const convert = this.converter(inner);
        if (kind === 'list') {
            return list(convert);
        }
        return kind === 'option' ? (value, place) => (value === undefined || value === null ? NULL : convert(value, place)) : convert;
    }

    #named(name) {
        const { fields, variants } = this.#types.get(name);
        if (variants !== undefined) {
            return enumeration(name, new Set(variants.map((variant) => variant.name)));
        }
        if (!this.#records.has(name)) {
            // A type may contain itself: it is found here while its fields are looked at.
            let made;
            this.#records.set(name, (value, place) => made(value, place));
            made = this.#members(fields);
        }
        return this.#records.get(name);
    }
}

function list(convert) {
    return (value, place) => {
        if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof Uint8Array || value instanceof DataView))) {
            throw fault(place, `expected an array, found ${kind_of(value)}`);
        }
        const items = Array.from(value, (item, index) => convert(item, [...place, index]));
        return [new Token(Type.array, items.length), items];
    };
}

function enumeration(name, variants) {
    return (value, place) => {
        if (!variants.has(value)) {
            const found = typeof value === 'string' ? `'${value}'` : kind_of(value);
            throw fault(place, `${found} is no ${name}; there are ${[...variants].sort().join(', ')}`);
        }
        return new Token(Type.string, value);
    };
}
