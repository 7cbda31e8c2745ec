// Spans and points of time: seconds and nanoseconds in CBOR, milliseconds and a `Date` in JavaScript.

import { types } from 'node:util';
import { Fault, within } from './fault.js';
import { fault, kind_of } from './place.js';
import { elements } from './several.js';

// The nanoseconds of a second, and of a millisecond.
const [SECOND, MILLISECOND] = [1_000_000_000, 1_000_000];

// The tag of a time and its keys (RFC 9581): seconds, and billionths.
const [EXTENDED, SECS, NANOS] = [1001, 1, -9];

// How far a `Date` reaches to both sides of 1970, in milliseconds.
const FARTHEST = 8.64e15;

function within_limits(low, high) {
    return (reader) => {
        const value = reader.integer();
        if (value < low || value > high) {
            throw new Fault(`${value} is out of range`);
        }
        return value;
    };
}

const nanos_read = within_limits(0, SECOND - 1);
const parts_read = elements([
    ['secs', within_limits(0n, (1n << 64n) - 1n)],
    ['nanos', nanos_read],
]);
const KEYS = new Map([
    [SECS, ['secs', within_limits(-(1n << 63n), (1n << 63n) - 1n)]],
    [NANOS, ['nanos', nanos_read]],
]);

/** Reads a span. */
export function duration_read(reader) {
    const [secs, nanos] = parts_read(reader);
    if (reader.is_exact) {
        return [secs, nanos];
    }
    // Rounded once, where the nanoseconds are a number.
    const all = Number(secs) * SECOND + nanos;
    return Number.isSafeInteger(all) ? all / MILLISECOND : Number(secs) * 1000 + nanos / MILLISECOND;
}

/** Reads a point in time; what is finer than a millisecond is cut toward the past. */
export function time_read(reader) {
    if (reader.peek().tag !== EXTENDED) {
        throw new Fault('expected a time');
    }
    const found = {};
    for (const _ of reader.map()) {
        const key = reader.integer();
        if (!KEYS.has(key)) {
            // What may be passed over has a key below zero.
            if (key >= 0) {
                throw new Fault(`${key} is no key of a time`);
            }
            reader.skip();
            continue;
        }
        const [step, read] = KEYS.get(key);
        if (step in found) {
            throw new Fault('stands twice').at(step);
        }
        found[step] = within(step, () => read(reader));
    }
    if (found.secs === undefined) {
        throw new Fault('is missing').at('secs');
    }
    const { secs, nanos = 0 } = found;
    return reader.is_exact ? [secs, nanos] : date(secs, nanos);
}

function date(secs, nanos) {
    const milliseconds = Number(secs) * 1000 + Math.floor(nanos / MILLISECOND);
    if (Math.abs(milliseconds) > FARTHEST) {
        throw new Fault(`${secs} seconds from 1970 are out of range of a Date`);
    }
    return new Date(milliseconds);
}

/** Checks a span, and makes tokens of it. */
export function duration_written(value, place, token) {
    if (typeof value !== 'number') {
        throw fault(place, `expected a number of milliseconds, found ${kind_of(value)}`);
    }
    const whole = Math.floor(value);
    if (!Number.isFinite(value) || value < 0) {
        throw fault(place, `${value} is out of range: a duration is finite, and not below zero`);
    }
    // To the nearest nanosecond.
    const nanos = BigInt(whole) * BigInt(MILLISECOND) + BigInt(Math.round((value - whole) * MILLISECOND));
    const secs = nanos / BigInt(SECOND);
    if (secs >> 64n > 0n) {
        throw fault(place, `${value} is out of range: a duration has less than 2^64 seconds`);
    }
    return [token('array', 2), token('uint', secs), token('uint', Number(nanos % BigInt(SECOND)))];
}

/** Checks a point in time, and makes tokens of it. */
export function time_written(value, place, token) {
    if (!types.isDate(value)) {
        throw fault(place, `expected a Date, found ${kind_of(value)}`);
    }
    const milliseconds = value.getTime();
    if (Number.isNaN(milliseconds)) {
        throw fault(place, 'is no time: an invalid Date');
    }
    const secs = Math.floor(milliseconds / 1000);
    const nanos = (milliseconds - secs * 1000) * MILLISECOND;
    const entries = [token('uint', SECS), signed(secs, token), token('negint', NANOS), token('uint', nanos)];
    return [token('tag', EXTENDED), token('map', 2), ...entries];
}

function signed(value, token) {
    return token(value < 0 ? 'negint' : 'uint', value);
}
