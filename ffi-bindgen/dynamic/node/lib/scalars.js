// The types that hold no other: how each converts a value that is sent, reads one, and is written in TypeScript.
//
// - A type of the description that is not in `SCALARS`, and holds no other, is not known to this package.

import { Fault } from './fault.js';
import { fault, kind_of } from './place.js';
import { duration_read, duration_written, time_read, time_written } from './times.js';

const WIDTHS = { i8: 8, i16: 16, i32: 32, i64: 64, i128: 128, isize: 64, u8: 8, u16: 16, u32: 32, u64: 64, u128: 128, usize: 64 };
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The integers that are `bigint`s here. */
export const WIDE = new Set(['i64', 'u64', 'i128', 'u128', 'isize', 'usize']);

// Tags of integers beyond 64 bits (RFC 8949, 3.4.3).
const [BIGNUM, NEGATIVE_BIGNUM] = [2, 3];

function limits(type) {
    const bits = BigInt(WIDTHS[type]);
    return type.startsWith('u') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

function integer_written(type) {
    const [low, high] = limits(type);
    return (value, place, token) => {
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
        return is_small ? integer_token(Number(value), token) : wide_token(value, token);
    };
}

function integer_token(value, token) {
    return token(value < 0 ? 'negint' : 'uint', value);
}

// Beyond 64 bits, its digits as bytes.
function wide_token(value, token) {
    const number = value < 0n ? -1n - value : value;
    if (number < 1n << 64n) {
        return integer_token(value, token);
    }
    const digits = number.toString(16);
    const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
    return [token('tag', value < 0n ? NEGATIVE_BIGNUM : BIGNUM), token('bytes', new Uint8Array(bytes))];
}

function integer_read(type) {
    const [low, high] = limits(type);
    return (reader) => {
        const value = WIDTHS[type] > 64 ? reader.wide_integer() : reader.integer();
        if (value < low || value > high) {
            throw new Fault(`${value} is out of range`);
        }
        return WIDE.has(type) ? BigInt(value) : value;
    };
}

function f64_written(value, place, token) {
    if (typeof value !== 'number') {
        throw fault(place, `expected a number, found ${kind_of(value)}`);
    }
    return token('float', value);
}

function f32_written(value, place, token) {
    f64_written(value, place, token);
    const rounded = Math.fround(value);
    if ((!Number.isFinite(rounded) && Number.isFinite(value)) || (rounded === 0 && value !== 0)) {
        throw fault(place, `${value} is out of range`);
    }
    return token('float', rounded);
}

/** A float, or an integer that is exactly one. */
function f64_read(reader) {
    const { integer, float } = reader.number();
    return integer === undefined ? float : exact(integer, Number(integer));
}

/** Rounded to the nearest; but what is finite stays so, and what is not zero is none then. An integer is exact. */
function f32_read(reader) {
    const { integer, float: value } = reader.number();
    if (integer !== undefined) {
        return exact(integer, Math.fround(Number(integer)));
    }
    const nearest = Math.fround(value);
    if ((Number.isFinite(value) && !Number.isFinite(nearest)) || (value !== 0 && nearest === 0)) {
        throw new Fault(`${value} is out of range`);
    }
    return nearest;
}

function exact(integer, float) {
    if (!Number.isFinite(float) || BigInt(float) !== BigInt(integer)) {
        throw new Fault(`${integer} is no float`);
    }
    return float;
}

function bool_written(value, place, token) {
    if (typeof value !== 'boolean') {
        throw fault(place, `expected true or false, found ${kind_of(value)}`);
    }
    return token(value ? 'true' : 'false', value);
}

function text_written(value, place, token) {
    if (typeof value !== 'string') {
        throw fault(place, `expected a text, found ${kind_of(value)}`);
    }
    if (LONE_SURROGATE.test(value)) {
        throw fault(place, 'is no Unicode: it has a lone surrogate');
    }
    return token('string', value);
}

function char_written(value, place, token) {
    const made = text_written(value, place, token);
    if ([...value].length !== 1) {
        throw fault(place, `expected a text of one character, found ${[...value].length}`);
    }
    return made;
}

function char_read(reader) {
    const text = reader.text();
    if ([...text].length !== 1) {
        throw new Fault('expected one character');
    }
    return text;
}

/** Checks bytes, and makes a token of them. */
export function bytes_written(value, place, token) {
    if (!(value instanceof Uint8Array) && !(value instanceof ArrayBuffer)) {
        throw fault(place, `expected bytes, found ${kind_of(value)}`);
    }
    return token('bytes', value instanceof ArrayBuffer ? new Uint8Array(value) : value);
}

function integer(type) {
    return { convert: integer_written(type), read: integer_read(type), text: WIDE.has(type) ? 'bigint' : 'number' };
}

const TEXT = { convert: text_written, read: (reader) => reader.text(), text: 'string' };

/**
 * Each such type by its name in the description: `convert` checks a value and makes a token of it, by the function
 * that it is given for that; `read` reads one, and `text` is the type as TypeScript writes it.
 */
export const SCALARS = new Map([
    ...Object.keys(WIDTHS).map((type) => [type, integer(type)]),
    ['f64', { convert: f64_written, read: f64_read, text: 'number' }],
    ['f32', { convert: f32_written, read: f32_read, text: 'number' }],
    ['bool', { convert: bool_written, read: (reader) => reader.bool(), text: 'boolean' }],
    ['char', { convert: char_written, read: char_read, text: 'string' }],
    ['string', TEXT],
    ['bytes', { convert: bytes_written, read: (reader) => reader.bytes(), text: 'Uint8Array' }],
    ['duration', { convert: duration_written, read: duration_read, text: 'number /* ms */' }],
    ['time', { convert: time_written, read: time_read, text: 'Date' }],
    ...['path', 'ip_addr', 'socket_addr'].map((type) => [type, TEXT]),
]);
