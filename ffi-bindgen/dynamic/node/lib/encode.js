// Requests as CBOR.
//
// - Keys come in the order of their declaration, integers and floats in their shortest form, so what is
//   sent is the same for the same arguments.
// - A value that does not fit its type is told with the function and the way to it.

import { encode, Token, Type } from 'cborg';
import { ArgumentError } from './errors.js';

const WIDTHS = { i8: 8, i16: 16, i32: 32, i64: 64, isize: 64, u8: 8, u16: 16, u32: 32, u64: 64, usize: 64 };
const LONE_SURROGATE = /\p{Surrogate}/u;
const NULL = new Token(Type.null, null);
// What is encoded are tokens already.
const OPTIONS = { typeEncoders: { Array: (tokens) => tokens } };

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
            return type in WIDTHS ? integer(type) : PLAIN[type];
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

/** An error at a place: `my_timer_echo: req.delayMs: is missing`. */
function fault([symbol, ...steps], text) {
    const path = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return new ArgumentError(path ? `${symbol}: ${path.slice(1)}: ${text}` : `${symbol}: ${text}`);
}

/** A value's kind, as errors say it. */
function kind_of(value) {
    if (value === null || value === undefined) {
        return String(value);
    }
    if (typeof value !== 'object') {
        return `a ${typeof value}`;
    }
    return Array.isArray(value) ? 'an array' : value instanceof Uint8Array ? 'bytes' : 'an object';
}

function integer(type) {
    const bits = BigInt(WIDTHS[type]);
    const [low, high] = type.startsWith('u') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
    return (value, place) => {
        if (typeof value !== 'bigint' && !Number.isInteger(value)) {
            throw fault(place, `expected an integer, found ${typeof value === 'number' ? value : kind_of(value)}`);
        }
        if (typeof value === 'number' && !Number.isSafeInteger(value)) {
            throw fault(place, `${value} may not be the integer that was meant: use a bigint`);
        }
        if (value < low || value > high) {
            throw fault(place, `${value} is out of range, ${low} to ${high}`);
        }
        const is_small = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
        return new Token(value < 0 ? Type.negint : Type.uint, is_small ? Number(value) : value);
    };
}

function f64(value, place) {
    if (typeof value !== 'number') {
        throw fault(place, `expected a number, found ${kind_of(value)}`);
    }
    return new Token(Type.float, value);
}

function f32(value, place) {
    f64(value, place);
    const rounded = Math.fround(value);
    if ((!Number.isFinite(rounded) && Number.isFinite(value)) || (rounded === 0 && value !== 0)) {
        throw fault(place, `${value} is out of range`);
    }
    return new Token(Type.float, rounded);
}

function bool(value, place) {
    if (typeof value !== 'boolean') {
        throw fault(place, `expected true or false, found ${kind_of(value)}`);
    }
    return new Token(value ? Type.true : Type.false, value);
}

function text(value, place) {
    if (typeof value !== 'string') {
        throw fault(place, `expected a text, found ${kind_of(value)}`);
    }
    if (LONE_SURROGATE.test(value)) {
        throw fault(place, 'is no Unicode: it has a lone surrogate');
    }
    return new Token(Type.string, value);
}

function char(value, place) {
    const token = text(value, place);
    if ([...value].length !== 1) {
        throw fault(place, `expected a text of one character, found ${[...value].length}`);
    }
    return token;
}

function bytes(value, place) {
    if (!(value instanceof Uint8Array) && !(value instanceof ArrayBuffer)) {
        throw fault(place, `expected bytes, found ${kind_of(value)}`);
    }
    return new Token(Type.bytes, value instanceof ArrayBuffer ? new Uint8Array(value) : value);
}

const PLAIN = { f64, f32, bool, string: text, char, bytes };

function list(convert) {
    return (value, place) => {
        if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof Uint8Array))) {
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
