// Numbers of CBOR as those of JavaScript.

import { Fault } from './fault.js';

// How many bytes an integer has that a float may hold.
const LONGEST = 128;

/** An integer with or without a sign: a bigint where a number would not be exact. */
export function integer(is_negative, number) {
    if (!is_negative && typeof number === 'number') {
        return number;
    }
    const exact = is_negative ? -1n - BigInt(number) : number;
    const is_small = exact >= Number.MIN_SAFE_INTEGER && exact <= Number.MAX_SAFE_INTEGER;
    return is_small ? Number(exact) : exact;
}

/** The number that 16 bits hold. */
export function half(bits) {
    const [exponent, mantissa] = [(bits >> 10) & 0x1f, bits & 0x3ff];
    const sign = bits >> 15 ? -1 : 1;
    if (exponent === 0x1f) {
        return mantissa === 0 ? sign * Infinity : NaN;
    }
    return sign * (exponent === 0 ? mantissa * 2 ** -24 : (mantissa + 1024) * 2 ** (exponent - 25));
}

/** The integer that these bytes are, the greatest digit first. */
export function digits(bytes) {
    const first = bytes.findIndex((byte) => byte !== 0);
    if (first >= 0 && bytes.length - first > LONGEST) {
        throw new Fault('an integer is out of range');
    }
    return first < 0 ? 0n : BigInt(`0x${bytes.toString('hex', first)}`);
}
